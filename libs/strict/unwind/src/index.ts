/**
 * unwind: from a thread's context and stack to its callers.
 *
 * May import: snapshot, symbols. Pure.
 * Invariants: unwind data is hostile and may only say what DESIGN.md 6 allows; each frame says how it was found.
 * Sources: rust-minidump's minidump-unwind, Breakpad's processor (read for facts), System V psABI, Windows x64 exception data.
 */
export { DEFAULT_WALK_LIMITS, type WalkLimits } from './walk-limits.js';
export { walkThreads } from './walk-threads.js';
export type { FrameTrust, WalkedFrame, WalkedThread } from './walked-thread.js';
