import { readFileSync, writeFileSync } from 'node:fs';
import koffi from 'koffi';
import type { ChildWalls } from '../../wire/child-walls.js';
import { CALL_TABLES } from './allowed-calls.js';
import { seccompFilter } from './seccomp-filter.js';

const PR_SET_PDEATHSIG = 1;
const PR_GET_DUMPABLE = 3;
const PR_SET_DUMPABLE = 4;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9;
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
const SECCOMP_SET_MODE_FILTER = 1;
/** The filter binds every thread of the process, not only the one that asks for it. */
const SECCOMP_FILTER_FLAG_TSYNC = 1;

/**
 * From here on this process opens no file, no socket and no process, signals nobody, and leaves no core. All code must
 * have been loaded. A wall that cannot be raised here is reported, and the parent warns.
 */
export function raiseWalls(memoryBytes: number): ChildWalls {
  const none = { coreFilter: false, notDumpable: false, memoryLimit: false, seccomp: false };
  if (process.platform !== 'linux') return none;
  // The filter of core files first: once a process is not dumpable, its /proc files belong to root.
  const coreFilter = emptyCoreFilter();
  try {
    const libc = loadLibc();
    libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    // One byte: the kernel takes it for none, also where core_pattern is a pipe (core(5)).
    libc.setrlimit(RLIMIT_CORE, limitOf(1n));
    const memoryLimit = libc.setrlimit(RLIMIT_DATA, limitOf(BigInt(memoryBytes))) === 0;
    const notDumpable = libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) === 0 && libc.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) === 0;
    return { coreFilter, notDumpable, memoryLimit, seccomp: confineCalls(libc) };
  } catch {
    return { ...none, coreFilter };
  }
}

interface Libc {
  prctl(option: number, a: number, b: number, c: number, d: number): number;
  setrlimit(resource: number, limit: Uint8Array): number;
  seccomp(nr: number, operation: number, flags: number, program: { len: number; filter: Uint8Array }): number;
}

function loadLibc(): Libc {
  const libc = koffi.load('libc.so.6');
  koffi.struct('sock_fprog', { len: 'uint16', filter: 'void *' });
  return {
    prctl: libc.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)') as Libc['prctl'],
    setrlimit: libc.func('int setrlimit(int, void *)') as Libc['setrlimit'],
    seccomp: libc.func('long syscall(long, unsigned int, unsigned int, sock_fprog *)') as Libc['seccomp'],
  };
}

function confineCalls(libc: Libc): boolean {
  const table = CALL_TABLES[process.arch];
  if (table === undefined || libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) !== 0) return false;
  const filter = seccompFilter(table, process.pid);
  const program = { len: filter.length / 8, filter };
  return libc.seccomp(table.seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program) === 0;
}

/** struct rlimit: soft and hard. */
function limitOf(value: bigint): Uint8Array {
  const limit = new DataView(new ArrayBuffer(16));
  limit.setBigUint64(0, value, true);
  limit.setBigUint64(8, value, true);
  return new Uint8Array(limit.buffer);
}

function emptyCoreFilter(): boolean {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
    return Number.parseInt(readFileSync('/proc/self/coredump_filter', 'utf8'), 16) === 0;
  } catch {
    return false;
  }
}
