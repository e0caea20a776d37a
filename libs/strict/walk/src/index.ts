/**
 * walk: runs the parser in a child process without key, socket or file, answers its questions by ranges, and names its
 * frames from symbols (DESIGN.md 4).
 *
 * May import: snapshot, minidump, elfcore, unwind, symbols, screen. The worker and `crashkeep walk` use the same child.
 * Invariants: the parent parses nothing of a dump; the child's answer is of a bounded schema; a killed child is a failed
 * walk with a code, never a lost dump.
 * Sources: DESIGN.md 4; facts on walk speed.
 */
export type { FreshWalk, NamedFrame, NamedThread, NamedWalk } from './named-walk.js';
export type { AsyncRangeSource, ModuleSymbols, SymbolSource } from './parent/async-range-source.js';
export { DumpSyms, type DumpSymsLimits } from './parent/dump-syms.js';
export type { ConvertedForm } from './parent/convert-in-child.js';
export type { ScreenJob } from './parent/screen-in-child.js';
export type { WalkCost } from './parent/range-answerer.js';
export type { SymbolFinder } from './parent/walk-conversation.js';
export type { ConvertJob } from './parent/convert-job.js';
export { type WalkJob, WalkRunner, type Walls } from './parent/walk-runner.js';
export { WALK_FAULTS, WalkError, type WalkErrorCode } from './walk-error.js';
export {
  CrashCauseWire,
  FrameTrustWire,
  FREE_BUCKETS,
  MemoryWire,
  RegionWire,
  SIZE_BUCKETS,
  WalkResult,
  WalkedFrameWire,
  WalkedModuleWire,
  WalkedThreadWire,
} from './walk-result.js';
export { ScreenAnswer } from './screen-answer.js';
export { coarser, mergeRanges } from './file-ranges.js';
export { DETECTOR_SET } from '@crashkeep/screen';
export type { ModuleKey } from './wire/module-key.js';
export type { FrameNames, Instruction } from '@crashkeep/symbols';
