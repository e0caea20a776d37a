import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '@crashkeep/local-postgres';

/** A process, and not the one that gets its number later: pid and start time. */
interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat; null where there is no /proc. */
  readonly startTicks: string | null;
}

/** Notes a process in a file, so that a later start can find it. */
export function notePid(file: string, pid: number): void {
  const identity: ProcessIdentity = { pid, startTicks: startTicksOf(pid) };
  writeFileSync(file, JSON.stringify(identity), { mode: 0o600 });
}

/** The noted process, when it is still that one; null otherwise. */
export function notedPid(file: string): number | null {
  try {
    const { pid, startTicks } = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
    return Number.isInteger(pid) && pid > 1 && isAlive(pid) && startTicksOf(pid) === startTicks ? pid : null;
  } catch {
    return null;
  }
}

/** Ends the noted process, at first politely, and forgets it. */
export async function endNoted(file: string, patienceMs: number): Promise<boolean> {
  const pid = notedPid(file);
  if (pid !== null) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < patienceMs && notedPid(file) !== null; waited += 50) await sleep(50);
    if (notedPid(file) !== null) process.kill(pid, 'SIGKILL');
  }
  rmSync(file, { force: true });
  return pid !== null;
}

/** The command's name may hold spaces and brackets: fields are counted from the last bracket. */
function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
