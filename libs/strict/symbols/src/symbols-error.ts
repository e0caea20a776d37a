/** A closed vocabulary: the message is the code, so no byte of a symbol file can ride out in an error. */
export type SymbolsErrorCode =
  /** The text does not begin with a MODULE record. */
  | 'symbols.no-module'
  /** Neither an ELF nor a PE file. */
  | 'symbols.not-an-image'
  /** An ELF or PE file that contradicts itself where it cannot be passed over. */
  | 'symbols.damaged-image'
  /** The input, or what is made of it, passes a limit. */
  | 'symbols.too-large'
  /** Not a symbol form of ours. */
  | 'symbols.not-a-form'
  /** A symbol form of a version that this code does not read. */
  | 'symbols.unknown-version'
  /** A symbol form that contradicts itself. */
  | 'symbols.damaged-form'
  /** The demangler's WebAssembly cannot be loaded. */
  | 'symbols.no-demangler'
  /** The disassembler's WebAssembly cannot be loaded. */
  | 'symbols.no-disassembler';

export class SymbolsError extends Error {
  override readonly name = 'SymbolsError';
  constructor(readonly code: SymbolsErrorCode) {
    super(code);
  }
}
