/** A closed vocabulary: the message is the code, so no byte of a dump can ride out in an error. */
export type SnapshotErrorCode = 'snapshot.out-of-range' | 'snapshot.budget-exhausted';

export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  constructor(readonly code: SnapshotErrorCode) {
    super(code);
  }
}
