import type { ConvertedForm, SymbolSource } from '@crashkeep/walk';

/** A symbol file of this machine, as a walk reads it. */
export interface ConvertedFile {
  readonly source: SymbolSource;
  readonly identity: ConvertedForm['identity'];
}
