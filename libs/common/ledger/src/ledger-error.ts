export type LedgerErrorCode =
  /** What was read is no note, key, entry, bundle, proof or checkpoint. */
  | 'ledger.malformed-note'
  | 'ledger.malformed-key'
  | 'ledger.malformed-entry'
  | 'ledger.malformed-bundle'
  | 'ledger.malformed-proof'
  | 'ledger.malformed-checkpoint'
  /** A tile that the tree needs is not there, or is shorter than the tree. */
  | 'ledger.tile-missing'
  /** Asked of a tree that is smaller. */
  | 'ledger.out-of-tree';

/** The text is the code: nothing that was read stands in it. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';

  constructor(readonly code: LedgerErrorCode) {
    super(code);
  }
}
