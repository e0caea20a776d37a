import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAlive, readPostmasterPid, stopPostmaster } from '@crashkeep/local-postgres';

/** Of this user; the pid in a folder's name says which run it belongs to. */
const runsFolder = (): string => join(tmpdir(), `crashkeep-tests-${String(userInfo().uid)}`);

export function openRunFolder(): string {
  mkdirSync(runsFolder(), { recursive: true });
  chmodSync(runsFolder(), 0o711); // the user postgres passes through
  return mkdtempSync(join(runsFolder(), `${String(process.pid)}-`));
}

/** Stops the folder's server, if one was started. */
export async function closeRunFolder(folder: string): Promise<void> {
  const server = readPostmasterPid(join(folder, 'postgres', 'data'));
  if (server) await stopPostmaster(server.pid);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs that were killed could not clean up; their folders bear the pid of a process that is gone. */
export async function closeAbandonedRuns(): Promise<void> {
  if (!existsSync(runsFolder())) return;
  for (const name of readdirSync(runsFolder())) {
    if (!isAlive(Number(name.split('-')[0]))) await closeRunFolder(join(runsFolder(), name));
  }
}
