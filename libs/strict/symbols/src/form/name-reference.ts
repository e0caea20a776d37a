/** A name as the symbol file spells it (`raw`) and demangled; references into the strings. */
export interface NameReference {
  readonly raw: number;
  readonly demangled: number;
}
