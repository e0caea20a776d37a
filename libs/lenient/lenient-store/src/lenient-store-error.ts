/** The message is the code. */
export type LenientStoreErrorCode = 'lenient-store.bad-cursor';

export class LenientStoreError extends Error {
  override readonly name = 'LenientStoreError';
  constructor(readonly code: LenientStoreErrorCode) {
    super(code);
  }
}
