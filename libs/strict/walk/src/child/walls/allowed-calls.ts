/** The calls that a parser needs once its code is loaded, by the kernel's numbers (asm/unistd_64.h, asm-generic/unistd.h). */
export interface CallTable {
  /** AUDIT_ARCH_*: a call by another convention ends the process. */
  readonly auditArch: number;
  readonly seccomp: number;
  /** kill and tgkill: allowed towards the process itself, which is how it ends. */
  readonly signals: readonly number[];
  readonly allowed: Readonly<Record<string, number>>;
}

const X64: CallTable = {
  auditArch: 0xc000_003e,
  seccomp: 317,
  signals: [62, 234],
  allowed: {
    ...{ read: 0, write: 1, close: 3, fstat: 5, poll: 7, lseek: 8, readv: 19, writev: 20, fcntl: 72 },
    ...{ mmap: 9, mprotect: 10, munmap: 11, brk: 12, mremap: 25, madvise: 28, membarrier: 324 },
    ...{ rt_sigaction: 13, rt_sigprocmask: 14, rt_sigreturn: 15, sigaltstack: 131, restart_syscall: 219 },
    ...{ epoll_wait: 232, epoll_ctl: 233, epoll_pwait: 281, ppoll: 271, futex: 202, set_robust_list: 273, rseq: 334 },
    ...{ sched_yield: 24, sched_getaffinity: 204, nanosleep: 35, clock_nanosleep: 230, clock_getres: 229 },
    ...{ clock_gettime: 228, gettimeofday: 96, time: 201, getrusage: 98, sysinfo: 99, getrandom: 318 },
    ...{ getpid: 39, gettid: 186, exit: 60, exit_group: 231 },
  },
};

const ARM64: CallTable = {
  auditArch: 0xc000_00b7,
  seccomp: 277,
  signals: [129, 131],
  allowed: {
    ...{ read: 63, write: 64, close: 57, fstat: 80, lseek: 62, readv: 65, writev: 66, fcntl: 25 },
    ...{ mmap: 222, mprotect: 226, munmap: 215, brk: 214, mremap: 216, madvise: 233, membarrier: 283 },
    ...{ rt_sigaction: 134, rt_sigprocmask: 135, rt_sigreturn: 139, sigaltstack: 132, restart_syscall: 128 },
    ...{ epoll_ctl: 21, epoll_pwait: 22, ppoll: 73, futex: 98, set_robust_list: 99, rseq: 293 },
    ...{ sched_yield: 124, sched_getaffinity: 123, nanosleep: 101, clock_nanosleep: 115, clock_getres: 114 },
    ...{ clock_gettime: 113, gettimeofday: 169, getrusage: 165, sysinfo: 179, getrandom: 278 },
    ...{ getpid: 172, gettid: 178, exit: 93, exit_group: 94 },
  },
};

export const CALL_TABLES: Readonly<Partial<Record<NodeJS.Architecture, CallTable>>> = { x64: X64, arm64: ARM64 };
