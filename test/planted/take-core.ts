import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endFrame, type PlantedKey } from './planted-keys.js';

/**
 * Starts a program, hands it the keys, and takes its core once it has used them: gdb's gcore, or what the kernel writes has the same
 * form. The program is ended. Null where no core could be taken.
 */
export async function takeCore(
  command: readonly string[],
  keys: readonly PlantedKey[],
  folder: string,
): Promise<string | null> {
  const [program = '', ...options] = command;
  const child = spawn(program, options, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    child.stdin.write(Buffer.concat([...keys.map(({ frame }) => frame), endFrame]));
    const isReady = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
    if (!isReady || child.pid === undefined) return null;
    const path = join(folder, 'planted');
    const { status } = spawnSync('gcore', ['-o', path, String(child.pid)], { stdio: 'ignore' });
    return status === 0 ? `${path}.${child.pid}` : null;
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
