/** Signals of Linux from 1 on, by their names in asm-generic/signal.h. */
const SIGNALS = [
  ...[
    'SIGHUP',
    'SIGINT',
    'SIGQUIT',
    'SIGILL',
    'SIGTRAP',
    'SIGABRT',
    'SIGBUS',
    'SIGFPE',
    'SIGKILL',
    'SIGUSR1',
    'SIGSEGV',
  ],
  ...['SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT', 'SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN'],
  ...['SIGTTOU', 'SIGURG', 'SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR', 'SIGSYS'],
];

/** What Breakpad's handler writes where somebody asked for a dump and nothing crashed. */
const DUMP_REQUESTED = 0xffff_ffff;

/** Codes of siginfo that only one signal has, from 1 on. */
const OWN_CODES: Readonly<Record<string, readonly string[]>> = {
  SIGILL: [
    ...['ILL_ILLOPC', 'ILL_ILLOPN', 'ILL_ILLADR', 'ILL_ILLTRP', 'ILL_PRVOPC', 'ILL_PRVREG', 'ILL_COPROC', 'ILL_BADSTK'],
    'ILL_BADIADDR',
  ],
  SIGTRAP: ['TRAP_BRKPT', 'TRAP_TRACE', 'TRAP_BRANCH', 'TRAP_HWBKPT', 'TRAP_UNK', 'TRAP_PERF'],
  SIGFPE: [
    ...['FPE_INTDIV', 'FPE_INTOVF', 'FPE_FLTDIV', 'FPE_FLTOVF', 'FPE_FLTUND', 'FPE_FLTRES', 'FPE_FLTINV', 'FPE_FLTSUB'],
  ],
  SIGSEGV: ['SEGV_MAPERR', 'SEGV_ACCERR', 'SEGV_BNDERR', 'SEGV_PKUERR'],
  SIGBUS: ['BUS_ADRALN', 'BUS_ADRERR', 'BUS_OBJERR', 'BUS_MCEERR_AR', 'BUS_MCEERR_AO'],
  SIGSYS: ['SYS_SECCOMP', 'SYS_USER_DISPATCH'],
};

/** Codes that any signal may have: who sent it. */
const SENDER_CODES: Readonly<Record<number, string>> = {
  0x80: 'SI_KERNEL',
  [-1]: 'SI_QUEUE',
  [-2]: 'SI_TIMER',
  [-3]: 'SI_MESGQ',
  [-4]: 'SI_ASYNCIO',
  [-5]: 'SI_SIGIO',
  [-6]: 'SI_TKILL',
  [-7]: 'SI_DETHREAD',
  [-60]: 'SI_ASYNCNL',
};

/**
 * `SIGSEGV / SEGV_MAPERR`: a signal and its code in rust-minidump's words. A code that says no more than that another process sent
 * it (SI_USER) adds nothing; an unknown one is hex. Null for an unknown signal.
 */
export function linuxReason(signal: number, code: number): string | null {
  const name = signal === DUMP_REQUESTED ? 'DUMP_REQUESTED' : SIGNALS[signal - 1];
  if (name === undefined) return null;
  const signed = code | 0;
  if (signed === 0) return name;
  return `${name} / ${OWN_CODES[name]?.[signed - 1] ?? SENDER_CODES[signed] ?? hexCode(code)}`;
}

/** A code that has no name: 32 bits in hex. */
export function hexCode(code: number): string {
  return `0x${(code >>> 0).toString(16).padStart(8, '0')}`;
}
