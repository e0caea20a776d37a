import { readFileSync, writeFileSync } from 'node:fs';
import koffi from 'koffi';

const PR_GET_DUMPABLE = 3;
const PR_SET_DUMPABLE = 4;

export interface Hardening {
  /** No page of memory goes into a core file (core(5), coredump_filter). */
  readonly coreFilter: boolean;
  /** No core file at all, and no ptrace or /proc/PID/mem by other processes of the same user (prctl(2)). */
  readonly notDumpable: boolean;
}

/**
 * Before a process touches plaintext or keys: its own crash shall give nothing. A limit of core size alone is not enough,
 * since the kernel ignores it where core_pattern is a pipe. SIGUSR1 would open Node's inspector.
 */
export function hardenProcess(): Hardening {
  process.on('SIGUSR1', () => undefined);
  if (process.platform !== 'linux') return { coreFilter: false, notDumpable: false };
  // The filter first: once a process is not dumpable, its /proc files belong to root and it may not write them itself.
  return { coreFilter: emptyCoreFilter(), notDumpable: clearDumpable() };
}

function emptyCoreFilter(): boolean {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    return Number.parseInt(readFileSync('/proc/self/coredump_filter', 'utf8'), 16) === 0;
  } catch {
    return false;
  }
}

function clearDumpable(): boolean {
  try {
    const prctl = koffi
      .load('libc.so.6')
      .func('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)') as (
      ...args: number[]
    ) => number;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) === 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) === 0;
  } catch {
    return false;
  }
}
