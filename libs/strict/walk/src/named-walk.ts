import type { WalkResult, WalkedFrameWire, WalkedThreadWire } from './walk-result.js';

/** A frame's names, from uploaded symbols only. */
export interface FrameNames {
  /** Demangled where a demangler knows it. */
  readonly function: string | null;
  /** As the symbol file spells it, where `function` was demangled. */
  readonly mangled: string | null;
  readonly functionOffset: number | null;
  readonly file: string | null;
  readonly line: number | null;
  /** Innermost first; each names the function that was inlined and the place inside it. */
  readonly inlines: readonly { readonly function: string | null; readonly mangled: string | null; readonly file: string | null; readonly line: number | null }[];
}

export type NamedFrame = WalkedFrameWire & { readonly names: FrameNames | null };
export type NamedThread = Omit<WalkedThreadWire, 'frames'> & { readonly frames: readonly NamedFrame[] };

/** A walk with the names that the parent added. Strict: it goes through the airlock, or to the file's own owner. */
export type NamedWalk = Omit<WalkResult, 'threads'> & {
  readonly threads: readonly NamedThread[];
  /** By module ordinal. */
  readonly symbolsLoaded: readonly boolean[];
};
