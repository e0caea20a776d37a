import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './inputs.mjs';
import { timed } from './timed.mjs';

const cache = join(homedir(), '.cache/crashkeep');
const stackwalk = process.env.CRASHKEEP_STACKWALK ?? join(cache, 'bin/minidump-stackwalk');

/** The command, as words before a dump's path; null where it is not here. */
export function stackwalkCommand(symbols) {
  if (existsSync(stackwalk)) return (dump) => [stackwalk, '--json', '--symbols-path', symbols, dump];
  console.error(
    'minidump-stackwalk is not here: `cargo install minidump-stackwalk` and CRASHKEEP_STACKWALK; no peer in this run',
  );
  return null;
}

/** rust-minidump's library in a loop, built in a cache outside the clone; null where cargo cannot. */
export function warmLoopProgram() {
  const target = join(cache, 'rust-minidump-loop');
  const program = join(target, 'release/rust-minidump-loop');
  mkdirSync(target, { recursive: true });
  const built = spawnSync('cargo', ['build', '--release', '--locked'], {
    cwd: join(root, 'bench/rust-minidump-loop'),
    env: { ...process.env, CARGO_TARGET_DIR: target },
    stdio: 'ignore',
  });
  if (built.status === 0 && existsSync(program)) return program;
  console.error('cargo is not here, or cannot build bench/rust-minidump-loop: no warm peer in this run');
  return null;
}

/** Dumps a second, processor time a dump in milliseconds and peak memory, its symbols warm. */
export async function warmLoop(program, symbols, rounds, dumps) {
  const [once, many] = [
    await timed([program, symbols, '0', ...dumps]),
    await timed([program, symbols, String(rounds), ...dumps]),
  ];
  const [seconds, walked] = many.printed.trim().split(' ').map(Number);
  const milliseconds = ((many.processor - once.processor) * 1000) / walked;
  return { perSecond: walked / seconds, milliseconds, memory: many.memory };
}
