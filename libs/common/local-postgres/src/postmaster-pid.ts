import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says of itself in its data folder. */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
  /** `ready` stands there only once the server takes connections. */
  readonly ready: boolean;
}

/**
 * Null when no server runs on the folder. A killed machine leaves the file behind, and its pid may have gone to another program since:
 * so the process must also be one that names the folder on its command line or stands in it.
 */
export function readPostmasterPid(dataFolder: string): PostmasterPid | null {
  const lines = linesOf(dataFolder);
  const pid = Number(lines[0]);
  if (!isPid(pid) || !isAlive(pid) || !servesFolder(pid, dataFolder)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * After a reboot the pid in the file may be another program's, and the server would refuse to start beside it. A file whose process is
 * gone stays: the server needs it to find out whether backends of the dead one still write.
 */
export function removeForeignPid(dataFolder: string): void {
  const pid = Number(linesOf(dataFolder)[0]);
  if (isPid(pid) && isAlive(pid) && !servesFolder(pid, dataFolder)) rmSync(join(dataFolder, FILE), { force: true });
}

const FILE = 'postmaster.pid';
const isPid = (pid: number): boolean => Number.isInteger(pid) && pid > 1;

function linesOf(dataFolder: string): string[] {
  try {
    return readFileSync(join(dataFolder, FILE), 'utf8').split('\n');
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function servesFolder(pid: number, dataFolder: string): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .split('\0')
      .includes(dataFolder);
  } catch {
    return process.platform !== 'linux'; // without /proc we believe the file
  }
}
