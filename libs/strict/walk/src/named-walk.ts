import type { FrameNames, Instruction } from '@crashkeep/symbols';
import type { WalkCost } from './parent/range-answerer.js';
import type { WalkResult, WalkedFrameWire, WalkedThreadWire } from './walk-result.js';

export type NamedFrame = WalkedFrameWire & { readonly names: FrameNames | null };
export type NamedThread = Omit<WalkedThreadWire, 'frames'> & { readonly frames: readonly NamedFrame[] };

/** A walk with the names that the parent added. Strict: it goes through the airlock, or to the file's own owner. */
export type NamedWalk = Omit<WalkResult, 'threads'> & {
  readonly threads: readonly NamedThread[];
  /** By module ordinal. */
  readonly symbolsLoaded: readonly boolean[];
  /** Where the crashing thread stood, as the uploaded image has it; null where none of that module was uploaded. */
  readonly instruction: Instruction | null;
};

/** A walk that was just made. */
export type FreshWalk = NamedWalk & {
  /** As the child told it, without names: what is stored. */
  readonly result: WalkResult;
  readonly cost: WalkCost;
};
