import { readFileSync } from 'node:fs';
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
  let lines: string[];
  try {
    lines = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !servesFolder(pid, dataFolder)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
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
