// The walk beside minidump-stackwalk, in one run: the same dumps, the same symbols, a process a dump and many dumps a process.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, cpSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { peakMemory } from './memory.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = join(process.env.CRASHKEEP_SHARED ?? join(root, '../shared'), 'fixtures');
const peer = process.env.CRASHKEEP_STACKWALK ?? join(homedir(), '.cache/crashkeep/bin/minidump-stackwalk');
const cli = join(root, 'apps/cli/bin/crashkeep.mjs');

export async function benchWalk(print) {
  if (!existsSync(fixtures))
    throw new Error('bench/walk needs the shared fixtures (CRASHKEEP_SHARED names their folder)');
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-bench-'));
  try {
    const symbols = unpackedSymbols(folder);
    const sets = { 'seven Chromium dumps': /^chromium__/, 'all own dumps': /^own__/ };
    for (const [label, pattern] of Object.entries(sets))
      await compare(print, label, unpackedDumps(folder, pattern), symbols);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(print, label, dumps, symbols) {
  const oursMany = await timed('node', [cli, 'walk', '--json', '--symbols', symbols, ...dumps, ...dumps, ...dumps]);
  const oursOnce = await timed('node', [cli, 'walk', '--json', '--symbols', symbols, ...dumps]);
  const oursCold = await each(dumps, (dump) => ['node', [cli, 'walk', '--json', '--symbols', symbols, dump]]);
  const theirs = existsSync(peer)
    ? await each(dumps, (dump) => [peer, ['--json', '--symbols-path', symbols, dump]])
    : null;
  if (theirs === null)
    console.error(
      'minidump-stackwalk is not here: `cargo install minidump-stackwalk` and CRASHKEEP_STACKWALK; no peer in this run',
    );
  // Twice as many dumps again, with compiled code and symbols warm: the difference is the steady state.
  const steady = (2 * dumps.length) / (oursMany.seconds - oursOnce.seconds);
  const cold = dumps.length / oursCold.seconds;
  const reference = theirs && dumps.length / theirs.seconds;
  print('walk', `${label}, steady state`, steady, 'dumps/s', reference, reference && steady / reference);
  print('walk', `${label}, a process a dump`, cold, 'dumps/s', reference, reference && cold / reference);
  print(
    'walk',
    `${label}, peak memory, steady`,
    oursMany.memory,
    'MB',
    theirs?.memory ?? null,
    theirs && theirs.memory / oursMany.memory,
  );
}

async function each(dumps, command) {
  let [seconds, memory] = [0, 0];
  for (const dump of dumps) {
    const one = await timed(...command(dump));
    seconds += one.seconds;
    memory = Math.max(memory, one.memory);
  }
  return { seconds, memory };
}

async function timed(program, args) {
  const before = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: 'ignore' });
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, peakMemory(child.pid))), 20);
  await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  return { seconds: Number(process.hrtime.bigint() - before) / 1e9, memory };
}

function unpackedDumps(folder, pattern) {
  const names = readdirSync(join(fixtures, 'minidumps')).filter((name) => pattern.test(name));
  return names.map((name) => {
    const source = join(fixtures, 'minidumps', name);
    if (!name.endsWith('.gz')) return source;
    const target = join(folder, name.slice(0, -3));
    writeFileSync(target, gunzipSync(readFileSync(source)));
    return target;
  });
}

function unpackedSymbols(folder) {
  const target = join(folder, 'symbols');
  cpSync(join(fixtures, 'symbols'), target, { recursive: true });
  for (const path of filesUnder(target).filter((name) => name.endsWith('.gz'))) {
    writeFileSync(path.slice(0, -3), gunzipSync(readFileSync(path)));
  }
  return target;
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
