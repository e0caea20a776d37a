/** A file by ranges, as the parent can read it: the unsealed dump, a person's own file, a symbol form in the store. */
export interface AsyncRangeSource {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes, or rejects. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A module's converted symbols. */
export interface SymbolSource extends AsyncRangeSource {
  /** Equal for equal bytes and different for others: the form's row or its hash. */
  readonly key: string;
}

/** What there is of one module, the first to be asked first: its debug file, its image, a .sym. None: no symbols. */
export type ModuleSymbols = readonly SymbolSource[];
