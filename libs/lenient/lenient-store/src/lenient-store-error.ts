/** The message is the code. */
export type LenientStoreErrorCode =
  | 'lenient-store.bad-cursor'
  /** A search whose names are so many that it would read everything. */
  | 'lenient-store.too-many-names'
  /** A search that took longer than the database gives it. */
  | 'lenient-store.too-broad'
  | 'lenient-store.group-unknown'
  /** Merging it would make a circle or a chain. */
  | 'lenient-store.group-merged'
  | 'lenient-store.too-many'
  /** A view, note or rule that is not there, or somebody else's. */
  | 'lenient-store.not-there';

export class LenientStoreError extends Error {
  override readonly name = 'LenientStoreError';
  constructor(readonly code: LenientStoreErrorCode) {
    super(code);
  }
}
