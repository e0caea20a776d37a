/**
 * walk: runs the parser in a child process without key, socket or file, answers its questions by ranges, and names its
 * frames from symbols (DESIGN.md 4).
 *
 * May import: snapshot, minidump, elfcore, unwind, symbols. The worker and `crashkeep walk` use the same child.
 * Invariants: the parent parses nothing of a dump; the child's answer is of a bounded schema; a killed child is a failed
 * walk with a code, never a lost dump.
 * Sources: DESIGN.md 4; facts on walk speed.
 */
export type { FrameNames, NamedFrame, NamedThread, NamedWalk } from './named-walk.js';
export { FrameTrustWire, RegionWire, WalkResult, WalkedFrameWire, WalkedModuleWire, WalkedThreadWire } from './walk-result.js';
