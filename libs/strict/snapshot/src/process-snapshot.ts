import type { FileRange } from './byte-source.js';
import type { MemoryRegion, SnapshotMemory } from './snapshot-memory.js';

export type Cpu =
  'amd64' | 'x86' | 'arm64' | 'arm' | 'mips' | 'mips64' | 'ppc' | 'ppc64' | 'sparc' | 'riscv' | 'riscv64' | 'unknown';
export type Os = 'windows' | 'linux' | 'android' | 'mac' | 'ios' | 'solaris' | 'fuchsia' | 'unknown';

/**
 * Registers by the names that Breakpad's CFI uses without `$`; absent = not valid.
 * amd64: rax … r15, rip, rflags. x86: eax … esp, eip, eflags. arm64: x0 … x30, sp, pc, and fp, lr once more. arm: r0 … r12, sp, lr, pc, and fp
 * (r11) once more. mips: s0 …, gp, sp, fp, ra, pc.
 */
export interface ThreadContext {
  readonly instructionPointer: bigint;
  readonly stackPointer: bigint;
  readonly registers: ReadonlyMap<string, bigint>;
}

export interface Thread {
  readonly index: number;
  readonly id: number;
  readonly name: string | null;
  /** Where the thread began, where the dump says so (Windows). */
  readonly startAddress: bigint | null;
  /** The crashing thread's is the exception's context where there is one: the thread's own may be that of the handler. */
  readonly context: ThreadContext | null;
  /** Where the saved stack begins, how long it is, and where in the file; its bytes are in `memory` too. Null when none was saved. */
  readonly stack: MemoryRegion | null;
  /** Where in the file the thread's registers lie; for the crashing thread, the exception's. Null when none were saved. */
  readonly contextRange: FileRange | null;
}

export interface Module {
  /** Index into `ProcessSnapshot.modules` (or `unloadedModules`). */
  readonly ordinal: number;
  readonly base: bigint;
  readonly size: number;
  /** Path as the process knew it. Strict: the airlock shows the leaf. */
  readonly codeFile: string;
  readonly codeId: string | null;
  /** Path as the linker wrote it. Strict: the airlock shows the leaf. */
  readonly debugFile: string | null;
  /** Breakpad's form: GUID, 32 upper hex digits, then age in hex. */
  readonly debugId: string | null;
  readonly version: string | null;
}

export interface ExceptionRecord {
  readonly threadId: number;
  readonly code: number;
  readonly flags: number;
  readonly address: bigint;
  readonly parameters: readonly bigint[];
  /** The crash's own context; the thread's may be that of the handler. */
  readonly context: ThreadContext | null;
}

/** What a dump says of one range of the address space (MemoryInfoList, /proc/pid/maps, program headers). */
export interface RegionInfo {
  readonly address: bigint;
  readonly size: bigint;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
}

/** What a runtime noted before it gave up: the strings are the program's own. */
export interface Assertion {
  readonly expression: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly kind: 'invalid-parameter' | 'pure-virtual-call' | 'unknown';
}

/** How much memory there was, in bytes; null where the dump does not say. */
export interface MemoryFigures {
  /** Of the machine. */
  readonly physical: number | null;
  readonly available: number | null;
  /** Of the machine: what is promised to processes, and the most that may be. */
  readonly committed: number | null;
  readonly commitLimit: number | null;
  /** The process's own: committed where that is told, else resident. */
  readonly process: number | null;
}

/** What a dump holds that is read by nobody but whoever is granted to: it is counted, so that people know that it is there. */
export interface UnreadParts {
  readonly commandLine: boolean;
  readonly environment: boolean;
  /** Streams of the program's own, and comments. */
  readonly userStreams: number;
}

/** One crashed process, as any dump format tells it. Strict: every field may hold bytes of the dump. */
export interface ProcessSnapshot {
  readonly format: 'minidump' | 'elf-core';
  readonly os: Os;
  readonly osVersion: string | null;
  /** Linux: the distribution's own description, e.g. `Debian GNU/Linux 12 (bookworm)`. */
  readonly osDistribution: string | null;
  readonly cpu: Cpu;
  readonly cpuInfo: string | null;
  readonly cpuCount: number | null;
  readonly processId: number | null;
  /** Seconds since 1970, by the crashed machine's clock. */
  readonly crashedAt: number | null;
  /** Seconds since 1970 at which the process began, where the dump tells it. */
  readonly startedAt: number | null;
  readonly exception: ExceptionRecord | null;
  /** Wording of rust-minidump, e.g. `SIGSEGV / SEGV_MAPERR`; closed vocabulary or hex. */
  readonly crashReason: string | null;
  readonly crashAddress: bigint | null;
  /** Index into `threads`. */
  readonly crashingThread: number | null;
  /** Index into `threads` of the thread that wrote the dump, where one of its own did: its stack is that of the handler. */
  readonly dumpThread: number | null;
  readonly threads: readonly Thread[];
  readonly modules: readonly Module[];
  /** Index into `modules`. */
  readonly mainModule: number | null;
  readonly unloadedModules: readonly Module[];
  readonly memory: SnapshotMemory;
  /** Sorted by address; empty where the dump does not say. */
  readonly regionInfo: readonly RegionInfo[];
  /** Annotations of the process, first value wins. */
  readonly annotations: ReadonlyMap<string, string>;
  readonly assertion: Assertion | null;
  /** What libraries left for whoever reads the dump (Crashpad's list annotations, macOS crash info); at most 64. */
  readonly messages: readonly string[];
  readonly memoryFigures: MemoryFigures | null;
  readonly unread: UnreadParts;
  /** The bits of a code pointer that hold its authentication code (arm64, NT_ARM_PAC_MASK); null where the dump does not say. */
  readonly pointerAuthenticationMask: bigint | null;
  /** Codes of what was missing or damaged, e.g. `minidump.truncated`, `minidump.no-exception`. */
  readonly problems: readonly string[];
}
