/** Codes of Mach exceptions, by Apple's xnu: osfmk/mach/exception_types.h and the files named below. */
type Names = Readonly<Record<number, string>>;

export const EXCEPTIONS: Names = {
  1: 'EXC_BAD_ACCESS',
  2: 'EXC_BAD_INSTRUCTION',
  3: 'EXC_ARITHMETIC',
  4: 'EXC_EMULATION',
  5: 'EXC_SOFTWARE',
  6: 'EXC_BREAKPOINT',
  7: 'EXC_SYSCALL',
  8: 'EXC_MACH_SYSCALL',
  9: 'EXC_RPC_ALERT',
  11: 'EXC_RESOURCE',
  12: 'EXC_GUARD',
};

/** Crashpad's, for a dump without a crash: "CPsx". */
export const SIMULATED = 0x4350_7378;

/** kern_return.h */
export const BAD_ACCESS_KERNEL: Names = {
  1: 'KERN_INVALID_ADDRESS',
  2: 'KERN_PROTECTION_FAILURE',
  5: 'KERN_FAILURE',
  8: 'KERN_NO_ACCESS',
  9: 'KERN_MEMORY_FAILURE',
  10: 'KERN_MEMORY_ERROR',
  50: 'KERN_CODESIGN_ERROR',
};

/** bsd/sys/ux_exception.h; the second is Breakpad's, for Objective-C. */
export const SOFTWARE: Names = {
  0x0001_0002: 'SIGABRT',
  0xdead_c0de: 'UNCAUGHT_NS_EXCEPTION',
  0x0000_0001: 'EXC_PPC_TRAP',
  0x0001_0100: 'EXC_PPC_MIGRATE',
};

/** exception.h of arm, i386 and ppc. */
export const CPU_CODES: Readonly<Record<'arm64' | 'x86' | 'ppc', Readonly<Record<string, Names>>>> = {
  arm64: {
    EXC_BAD_ACCESS: {
      0x101: 'EXC_ARM_DA_ALIGN',
      0x102: 'EXC_ARM_DA_DEBUG',
      0x103: 'EXC_ARM_SP_ALIGN',
      0x104: 'EXC_ARM_SWP',
      0x105: 'EXC_ARM_PAC_FAIL',
    },
    EXC_BAD_INSTRUCTION: { 1: 'EXC_ARM_UNDEFINED' },
    EXC_ARITHMETIC: {
      1: 'EXC_ARM_FP_IO',
      2: 'EXC_ARM_FP_DZ',
      3: 'EXC_ARM_FP_OF',
      4: 'EXC_ARM_FP_UF',
      5: 'EXC_ARM_FP_IX',
      6: 'EXC_ARM_FP_ID',
    },
    EXC_BREAKPOINT: { 1: 'EXC_ARM_BREAKPOINT' },
  },
  x86: {
    EXC_BAD_ACCESS: { 13: 'EXC_I386_GPFLT' },
    EXC_BAD_INSTRUCTION: {
      1: 'EXC_I386_INVOP',
      10: 'EXC_I386_INVTSSFLT',
      11: 'EXC_I386_SEGNPFLT',
      12: 'EXC_I386_STKFLT',
      13: 'EXC_I386_GPFLT',
      17: 'EXC_I386_ALIGNFLT',
    },
    EXC_ARITHMETIC: {
      1: 'EXC_I386_DIV',
      2: 'EXC_I386_INTO',
      3: 'EXC_I386_NOEXT',
      4: 'EXC_I386_EXTOVR',
      5: 'EXC_I386_EXTERR',
      6: 'EXC_I386_EMERR',
      7: 'EXC_I386_BOUND',
      8: 'EXC_I386_SSEEXTERR',
    },
    EXC_BREAKPOINT: { 1: 'EXC_I386_SGL', 2: 'EXC_I386_BPT' },
  },
  ppc: {
    EXC_BAD_ACCESS: { 0x101: 'EXC_PPC_VM_PROT_READ', 0x102: 'EXC_PPC_BADSPACE', 0x103: 'EXC_PPC_UNALIGNED' },
    EXC_BAD_INSTRUCTION: {
      1: 'EXC_PPC_INVALID_SYSCALL',
      2: 'EXC_PPC_UNIPL_INST',
      3: 'EXC_PPC_PRIVINST',
      4: 'EXC_PPC_PRIVREG',
      5: 'EXC_PPC_TRACE',
      6: 'EXC_PPC_PERFMON',
    },
    EXC_ARITHMETIC: {
      1: 'EXC_PPC_OVERFLOW',
      2: 'EXC_PPC_ZERO_DIVIDE',
      3: 'EXC_FLT_INEXACT',
      4: 'EXC_PPC_FLT_ZERO_DIVIDE',
      5: 'EXC_PPC_FLT_UNDERFLOW',
      6: 'EXC_PPC_FLT_OVERFLOW',
      7: 'EXC_PPC_FLT_NOT_A_NUMBER',
      8: 'EXC_PPC_NOEMULATION',
      9: 'EXC_PPC_ALTIVECASSIST',
    },
    EXC_BREAKPOINT: { 1: 'EXC_PPC_BREAKPOINT' },
  },
};

type Kinds = Readonly<Record<number, { readonly name: string; readonly flavors: Names }>>;

/** osfmk/kern/exc_resource.h */
export const RESOURCES: Kinds = {
  1: { name: 'RESOURCE_TYPE_CPU', flavors: { 1: 'FLAVOR_CPU_MONITOR', 2: 'FLAVOR_CPU_MONITOR_FATAL' } },
  2: { name: 'RESOURCE_TYPE_WAKEUPS', flavors: { 1: 'FLAVOR_WAKEUPS_MONITOR' } },
  3: { name: 'RESOURCE_TYPE_MEMORY', flavors: { 1: 'FLAVOR_HIGH_WATERMARK' } },
  4: { name: 'RESOURCE_TYPE_IO', flavors: { 1: 'FLAVOR_IO_PHYSICAL_WRITES', 2: 'FLAVOR_IO_LOGICAL_WRITES' } },
  5: { name: 'RESOURCE_TYPE_THREADS', flavors: { 1: 'FLAVOR_THREADS_HIGH_WATERMARK' } },
};

/** Names whose codes are single bits, from the lowest on. */
const bits = (...names: readonly string[]): Names =>
  Object.fromEntries(names.map((name, i) => [2 ** i, `GUARD_EXC_${name}`]));

/** osfmk/kern/exc_guard.h, osfmk/mach/port.h, bsd/sys/guarded.h */
export const GUARDS: Kinds = {
  0: { name: 'GUARD_TYPE_NONE', flavors: {} },
  1: {
    name: 'GUARD_TYPE_MACH_PORT',
    flavors: {
      1: 'GUARD_EXC_DESTROY',
      2: 'GUARD_EXC_MOD_REFS',
      3: 'GUARD_EXC_INVALID_OPTIONS',
      4: 'GUARD_EXC_SET_CONTEXT',
      5: 'GUARD_EXC_THREAD_SET_STATE',
      0x8: 'GUARD_EXC_UNGUARDED',
      0x10: 'GUARD_EXC_INCORRECT_GUARD',
      0x20: 'GUARD_EXC_IMMOVABLE',
      0x40: 'GUARD_EXC_STRICT_REPLY',
      0x80: 'GUARD_EXC_MSG_FILTERED',
      0x100: 'GUARD_EXC_INVALID_RIGHT',
      0x200: 'GUARD_EXC_INVALID_NAME',
      0x400: 'GUARD_EXC_INVALID_VALUE',
      0x800: 'GUARD_EXC_INVALID_ARGUMENT',
      0x1000: 'GUARD_EXC_RIGHT_EXISTS',
      0x2000: 'GUARD_EXC_KERN_NO_SPACE',
      0x4000: 'GUARD_EXC_KERN_FAILURE',
      0x8000: 'GUARD_EXC_KERN_RESOURCE',
      0x1_0000: 'GUARD_EXC_SEND_INVALID_REPLY',
      0x2_0000: 'GUARD_EXC_SEND_INVALID_VOUCHER',
      0x4_0000: 'GUARD_EXC_SEND_INVALID_RIGHT',
      0x8_0000: 'GUARD_EXC_RCV_INVALID_NAME',
      0x10_0000: 'GUARD_EXC_RCV_GUARDED_DESC',
      0x20_0000: 'GUARD_EXC_MOD_REFS_NON_FATAL',
      0x40_0000: 'GUARD_EXC_IMMOVABLE_NON_FATAL',
      0x80_0000: 'GUARD_EXC_REQUIRE_REPLY_PORT_SEMANTICS',
      0x100_0000: 'GUARD_EXC_EXCEPTION_BEHAVIOR_ENFORCE',
    },
  },
  2: {
    name: 'GUARD_TYPE_FD',
    flavors: bits('CLOSE', 'DUP', 'NOCLOEXEC', 'SOCKET_IPC', 'FILEPORT', 'MISMATCH', 'WRITE'),
  },
  3: { name: 'GUARD_TYPE_USER', flavors: {} },
  4: {
    name: 'GUARD_TYPE_VN',
    flavors: bits('RENAME_TO', 'RENAME_FROM', 'UNLINK', 'WRITE_OTHER', 'TRUNC_OTHER', 'LINK', 'EXCHDATA'),
  },
  5: { name: 'GUARD_TYPE_VIRT_MEMORY', flavors: { 1: 'GUARD_EXC_DEALLOC_GAP' } },
  6: { name: 'GUARD_TYPE_REJECTED_SC', flavors: { 0: 'GUARD_EXC_MACH_TRAP' } },
};
