/** One object as a listing shows it. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/**
 * Where sealed payloads, symbol files and the ledger's tiles lie. Knows keys and bytes, no dump. Every method rejects with an
 * `ObjectStoreError`, but for `put`, which passes on what its source threw.
 */
export interface ObjectStore {
  /**
   * Takes a stream and resolves when the object is durable. Nothing is visible before, and nothing stays where the
   * source or the store fails on the way. A second put of a key replaces the first as a whole. The pieces are the store's
   * from when they are given: the source must not write into them again.
   */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }>;
  /** Exactly `length` bytes from `offset`, or `object.missing`, or `object.out-of-range`. */
  read(key: string, offset: number, length: number): Promise<Buffer>;
  /** Bytes of the object, or null where there is none. */
  size(key: string): Promise<number | null>;
  /** Removes the object; none there is well, too. */
  delete(key: string): Promise<void>;
  /** Every object, in no order that means anything. */
  list(): AsyncIterable<StoredObject>;
  /** Removes what puts that were killed left behind, if nothing touched it since `before`. Resolves to how many. */
  sweep(before: Date): Promise<number>;
  /** Rejects with `object.store-away` where the store cannot be reached or written. */
  check(): Promise<void>;
}

export type ObjectStoreErrorCode =
  /** Ours: a key that no code of ours makes. */
  | 'object.malformed-key'
  /** Nobody's: it may have been shredded. */
  | 'object.missing'
  | 'object.out-of-range'
  /** The operator's: unreachable, refused, full. Try again later. */
  | 'object.store-away';

/** The text is the code: keys, paths and endpoints stay out of it. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';

  constructor(readonly code: ObjectStoreErrorCode) {
    super(code);
  }
}
