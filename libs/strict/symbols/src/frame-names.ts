export interface InlineNames {
  /** Demangled where a demangler knows it. */
  readonly function: string | null;
  /** As the symbol file spells it, where `function` was demangled. */
  readonly mangled: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

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
  readonly inlines: readonly InlineNames[];
}
