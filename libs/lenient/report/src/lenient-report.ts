import { z } from 'zod';
import { DumpIdText } from '@crashkeep/ids';
import { ScreenedTextWire } from './screened-text.js';

/**
 * The open half of a crash, as it is stored and served (names of fixtures: snake_case). A strict object at every level: a
 * field that nobody named is refused. Each leaf has its row in `field-dictionary.ts`: source, type, bounds, and why it is safe.
 */
export const FRAMES_MAX = 1024;
export const THREADS_MAX = 4096;
export const MODULES_MAX = 4096;

const text = ScreenedTextWire.nullable();
const count = z
  .int()
  .min(0)
  .max(2 ** 32);
/** Seconds since 1970. */
const seconds = z
  .int()
  .min(0)
  .max(2 ** 40);

export const OsName = z.enum(['windows', 'linux', 'android', 'mac', 'ios', 'solaris', 'fuchsia', 'unknown']);
export const CpuName = z.enum([
  'amd64',
  'x86',
  'arm64',
  'arm',
  'mips',
  'mips64',
  'ppc',
  'ppc64',
  'sparc',
  'riscv',
  'riscv64',
  'unknown',
]);
/** How the walker knows a frame, from sure to guessed (rust-minidump's words). */
export const FrameTrust = z.enum(['context', 'cfi', 'cfi_scan', 'frame_pointer', 'scan', 'prewalked', 'none']);

/** A function that the compiler put inside another. All its names are the symbol file's. */
export const LenientInline = z.strictObject({
  function: text,
  /** As the symbol file spells it, where `function` was demangled. */
  mangled: text,
  file: text,
  line: count.nullable(),
});

export const LenientFrame = z.strictObject({
  index: z.int().min(0).max(FRAMES_MAX),
  /** Leaf name. Null: the address lies in no module, and no value is shown; or the module's name is withheld. */
  module: text,
  /** Index into `modules`; null where the address lies in none. */
  module_index: z.int().min(0).max(MODULES_MAX).nullable(),
  /** `0x` and 16 hex digits; a caller's is its return address - 1 (x86, amd64), - 4 (arm64), - 2 (arm). */
  module_offset: text,
  function: text,
  /** As the symbol file spells it, where `function` was demangled. */
  mangled: text,
  file: text,
  line: count.nullable(),
  trust: FrameTrust,
  /** Innermost first. */
  inlines: z.array(LenientInline).max(256),
  /** Where no loaded module holds the address: leaf names of the unloaded ones that did. */
  unloaded_modules: z.array(z.strictObject({ module: ScreenedTextWire })).max(16),
});

export const LenientThread = z.strictObject({
  index: z.int().min(0).max(THREADS_MAX),
  id: count,
  name: text,
  frames: z.array(LenientFrame).max(FRAMES_MAX),
  /** Scanned frames that could be data: counted, not shown (DESIGN.md 6). */
  frames_withheld: count,
  /** True where a cap or a budget ended the walk before the stack did. */
  truncated: z.boolean(),
});

export const LenientModule = z.strictObject({
  name: text,
  version: text,
  debug_file: text,
  debug_id: text,
  code_id: text,
  symbols_loaded: z.boolean(),
});

/** A fault address is shown as a class, never as a value (DESIGN.md 6). Capacity: 3 bits, and 12 more for a null offset. */
export const AddressClass = z.enum(['null', 'non-canonical', 'stack', 'module', 'heap-like', 'other']);

/** Why it probably crashed, in one word. Capacity: 5 bits, and 1 for how sure that is. */
export const CrashCause = z.enum([
  'null-call',
  'null-pointer',
  'stack-overflow',
  'guard-page',
  'executing-data',
  'unloaded-code',
  'wild-call',
  'freed-memory',
  'uninitialised-memory',
  'non-canonical',
  'read-only-memory',
  'file-gone',
  'abort',
  'assertion',
  'uncaught-exception',
  'panic',
  'heap-corruption',
  'stack-smashed',
  'out-of-memory',
  'divided-by-zero',
  'trap',
  'illegal-instruction',
]);

/** What a register held, without its value. Capacity: 3 bits. */
export const RegisterClass = z.enum(['null', 'small', 'stack', 'module', 'poison', 'non-canonical', 'other']);

/** How many registers of the faulting instruction are told. */
export const REGISTERS_MAX = 6;

/** The faulting instruction, as the uploaded image has it: a function of the frame's module and offset, and of no byte of memory. */
export const FaultingInstruction = z.strictObject({
  text: ScreenedTextWire,
  /** Those that the text names, in its order. */
  registers: z.array(z.strictObject({ name: ScreenedTextWire, class: RegisterClass })).max(REGISTERS_MAX),
});

/** Sizes and shares in buckets. Capacity: below 3 bits each. */
export const MemorySize = z.enum([
  'below 64 MB',
  '64 to 256 MB',
  '256 MB to 1 GB',
  '1 to 4 GB',
  '4 to 16 GB',
  '16 to 64 GB',
  'over 64 GB',
]);
export const MemoryShare = z.enum(['below 2 %', '2 to 5 %', '5 to 10 %', '10 to 25 %', 'over 25 %']);

/** What kind of name a signature's part is, in the order of the stack. */
export const SignaturePartWhy = z.enum([
  'function',
  'module-offset',
  'module',
  'prefix',
  'sentinel',
  'reason',
  'no-frames',
]);

export const WithheldKind = z.enum([
  'memory',
  'registers',
  'fault-address',
  'annotations',
  'attachments',
  'thread-names',
  'scanned-frames',
  'module-paths',
  'command-line',
  'environment',
  'assertion-text',
  'user-streams',
  /** Texts that do not fit the grammar of their kind (a module's name that looks like a token, a hostile function name). */
  'unfit-text',
  /** Past the report's caps. */
  'frames-over-cap',
]);

export const LenientReport = z.strictObject({
  schema: z.literal(1),
  id: DumpIdText,
  format: z.enum(['minidump', 'elf-core']),
  product: text,
  version: text,
  channel: text,
  received_at: seconds,
  crashed_at: seconds.nullable(),
  /** Seconds from the process's start to the crash. */
  uptime: count.nullable(),
  os: OsName,
  os_version: text,
  cpu: CpuName,
  cpu_info: text,
  cpu_count: count.nullable(),
  crash_reason: text,
  /** `null+0x18`, `non-canonical`, `stack`, `in module libfoo`, `heap-like`, `other`. */
  crash_address: text,
  crash_address_class: AddressClass.nullable(),
  /** Reports that were written before these were told have none. */
  probable_cause: z
    .strictObject({ cause: CrashCause, sure: z.enum(['strong', 'fair']) })
    .nullable()
    .default(null),
  instruction: FaultingInstruction.nullable().default(null),
  memory: z
    .strictObject({
      physical: MemorySize.nullable(),
      /** Of the machine's memory, and of what it may promise: what was still free. */
      available: MemoryShare.nullable(),
      commit: MemoryShare.nullable(),
      process: MemorySize.nullable(),
    })
    .nullable()
    .default(null),
  crashing_thread: z.int().min(0).max(THREADS_MAX).nullable(),
  threads: z.array(LenientThread).max(THREADS_MAX),
  modules: z.array(LenientModule).max(MODULES_MAX),
  /** Index into `modules`. */
  main_module: z.int().min(0).max(MODULES_MAX).nullable(),
  unloaded_modules: z.array(z.strictObject({ name: text, code_id: text })).max(MODULES_MAX),
  signature: ScreenedTextWire,
  signature_algorithm: z.int().min(1).max(1000),
  signature_why: z
    .array(z.strictObject({ why: SignaturePartWhy, thread: count.nullable(), frame: count.nullable() }))
    .max(64),
  /** What is in the dump and not in this report: how many of each kind. */
  withheld: z.array(z.strictObject({ kind: WithheldKind, count })).max(32),
  /** Codes of what was missing or damaged, e.g. `minidump.truncated-stream`. */
  problems: z.array(ScreenedTextWire).max(64),
});

export type LenientInline = z.infer<typeof LenientInline>;
export type LenientFrame = z.infer<typeof LenientFrame>;
export type LenientThread = z.infer<typeof LenientThread>;
export type LenientModule = z.infer<typeof LenientModule>;
export type LenientReport = z.infer<typeof LenientReport>;
export type FrameTrust = z.infer<typeof FrameTrust>;
export type AddressClass = z.infer<typeof AddressClass>;
export type CrashCause = z.infer<typeof CrashCause>;
export type RegisterClass = z.infer<typeof RegisterClass>;
export type FaultingInstruction = z.infer<typeof FaultingInstruction>;
export type WithheldKind = z.infer<typeof WithheldKind>;
export type SignaturePartWhy = z.infer<typeof SignaturePartWhy>;
