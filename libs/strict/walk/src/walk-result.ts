import { CRASH_CAUSES, REGISTER_CLASSES } from '@crashkeep/snapshot';
import { REGISTER_NAMES } from '@crashkeep/symbols';
import { z } from 'zod';
import { WALK_PROBLEMS } from './walk-problems.js';

/**
 * What the child that parses answers (DESIGN.md 4): leaf names, ids, numbers and enums of bounded size. It has no place for
 * names of functions: the parent adds those from symbols. Addresses are filled only for a person's own file (`crashkeep
 * walk`); for the vault they are null, and the schema of the vault's parent refuses anything else.
 */
const leaf = z.string().max(256);
const id = z.string().max(128);
const hex = z.string().regex(/^0x[0-9a-f]{1,16}$/);
const u32 = z.int().min(0).max(0xffff_ffff);

export const FrameTrustWire = z.enum(['context', 'cfi', 'cfi_scan', 'frame_pointer', 'scan', 'prewalked', 'none']);

export const WalkedFrameWire = z.strictObject({
  /** Ordinal into `modules`; null where no loaded module holds the address. */
  m: z.int().min(0).max(4096).nullable(),
  /** Offset into the module; a caller's is return address - 1 (- 4 arm64, - 2 arm, - 8 mips). Null without module. */
  o: u32.nullable(),
  t: FrameTrustWire,
  /** Unloaded modules by ordinal, with the offset in each. */
  u: z
    .array(z.tuple([z.int().min(0).max(4096), u32]))
    .max(16)
    .optional(),
  /** On a 32-bit CPU: the uploaded image has no call before the return address, so it may be a word of data. */
  d: z.literal(true).optional(),
  /** The absolute address: own file only. */
  a: hex.nullable(),
});

export const WalkedThreadWire = z.strictObject({
  id: u32,
  /** Strict: the airlock shows it only where it is on a list. */
  name: z.string().max(64).nullable(),
  frames: z.array(WalkedFrameWire).max(1024),
  truncated: z.boolean(),
  /** Bytes of stack that were saved, for the withheld list and for requests. */
  stackBytes: u32,
});

export const WalkedModuleWire = z.strictObject({
  name: leaf,
  debugFile: leaf.nullable(),
  debugId: id.nullable(),
  codeId: id.nullable(),
  version: id.nullable(),
  size: z
    .int()
    .min(0)
    .max(2 ** 48),
  base: hex.nullable(),
  /** As the process knew it: own file only. */
  path: z.string().max(4096).optional(),
});

/** Shares of a whole in percent, from where on; sizes in powers of two. What lies between is not told. */
export const FREE_BUCKETS = ['below 2 %', '2 to 5 %', '5 to 10 %', '10 to 25 %', 'over 25 %'] as const;
export const SIZE_BUCKETS = [
  'below 64 MB',
  '64 to 256 MB',
  '256 MB to 1 GB',
  '1 to 4 GB',
  '4 to 16 GB',
  '16 to 64 GB',
  'over 64 GB',
] as const;

/** How much memory there was, in buckets. */
export const MemoryWire = z.strictObject({
  physical: z.enum(SIZE_BUCKETS).nullable(),
  available: z.enum(FREE_BUCKETS).nullable(),
  /** Of what the machine may promise, how much was not yet. */
  commit: z.enum(FREE_BUCKETS).nullable(),
  process: z.enum(SIZE_BUCKETS).nullable(),
});

/** Why it probably crashed, without values. Walks that were stored before it was told have none. */
export const CrashCauseWire = z.strictObject({
  cause: z.enum(CRASH_CAUSES),
  sure: z.enum(['strong', 'fair']),
});

/** Where in the file the process's memory lies: for requests, masks and the memory map. Strict; stays in the strict schema. */
export const RegionWire = z.strictObject({
  address: hex,
  size: z
    .int()
    .min(0)
    .max(2 ** 48),
  offset: z
    .int()
    .min(0)
    .max(2 ** 53),
});

export const WalkResult = z.strictObject({
  format: z.enum(['minidump', 'elf-core']),
  os: z.enum(['windows', 'linux', 'android', 'mac', 'ios', 'solaris', 'fuchsia', 'unknown']),
  osVersion: z.string().max(256).nullable(),
  cpu: z.enum([
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
  ]),
  cpuInfo: z.string().max(128).nullable(),
  cpuCount: u32.nullable(),
  /** Own file only. */
  processId: u32.nullable(),
  crashedAt: z
    .int()
    .min(0)
    .max(2 ** 40)
    .nullable(),
  uptime: u32.nullable(),
  /** Closed vocabulary or hex; the airlock checks its grammar. */
  crashReason: z.string().max(128).nullable(),
  crashAddress: z
    .strictObject({
      class: z.enum(['null', 'non-canonical', 'stack', 'module', 'heap-like', 'other']),
      /** Below 4096, with class null. */
      offset: z.int().min(0).max(4095).nullable(),
      /** Ordinal into `modules`, with class module. */
      module: z.int().min(0).max(4096).nullable(),
      /** Own file only. */
      value: hex.nullable(),
    })
    .nullable(),
  cause: CrashCauseWire.nullable().default(null),
  /** What the crashing thread's registers held, by class. */
  registers: z
    .array(z.tuple([z.enum(REGISTER_NAMES), z.enum(REGISTER_CLASSES)]))
    .max(32)
    .default([]),
  /** ARM: the crashing thread was in Thumb state. */
  thumb: z.boolean().default(false),
  memory: MemoryWire.nullable().default(null),
  crashingThread: z.int().min(0).max(4096).nullable(),
  threads: z.array(WalkedThreadWire).max(4096),
  modules: z.array(WalkedModuleWire).max(4096),
  mainModule: z.int().min(0).max(4096).nullable(),
  unloadedModules: z.array(WalkedModuleWire).max(4096),
  regions: z.array(RegionWire).max(65536),
  /** Per thread, where its stack and registers lie in the file; null where not saved. */
  threadRanges: z
    .array(
      z.strictObject({
        stack: z.strictObject({ address: hex, offset: z.int().min(0), size: u32 }).nullable(),
        context: z.strictObject({ offset: z.int().min(0), size: u32 }).nullable(),
      }),
    )
    .max(4096),
  annotationCount: u32,
  /** What else the dump holds and nobody has read. */
  unread: z
    .strictObject({ commandLine: z.boolean(), environment: z.boolean(), assertionTexts: u32, userStreams: u32 })
    .default({ commandLine: false, environment: false, assertionTexts: 0, userStreams: 0 }),
  problems: z.array(z.enum(WALK_PROBLEMS)).max(64),
  /** Ranges of the file that the walk read: the read set R of DESIGN.md 2. Coalesced; tests use it, nothing stores it. */
  readSet: z.array(z.tuple([z.int().min(0), z.int().min(0)])).max(65536),
});
export type WalkResult = z.infer<typeof WalkResult>;
export type WalkedFrameWire = z.infer<typeof WalkedFrameWire>;
export type WalkedThreadWire = z.infer<typeof WalkedThreadWire>;
export type WalkedModuleWire = z.infer<typeof WalkedModuleWire>;
