export interface WalkLimits {
  /** Frames of one thread. */
  readonly framesPerThread: number;
  /** Frames of all threads together. */
  readonly frames: number;
  /** Stack words that scans may look at, in all threads together. */
  readonly scannedWords: number;
}

export const DEFAULT_WALK_LIMITS: WalkLimits = { framesPerThread: 1024, frames: 65_536, scannedWords: 20_000_000 };
