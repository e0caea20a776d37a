import { SnapshotError } from './snapshot-error.js';

export interface FileRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Bytes of one file, by ranges. Synchronous: in the parser's child it is a blocking pipe to the parent that decrypts, so
 * that parsers stay plain. What costs there is the number of dependent rounds, not the bytes: prefetch what is known to
 * be needed.
 */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`, or throws `snapshot.out-of-range`. The result may be a view: do not write to it, and copy what must outlive the next read. */
  read(offset: number, length: number): Uint8Array;
  /** A hint: these ranges will be read soon. Ranges are clipped to the file. May throw `snapshot.budget-exhausted`, as `read` may. */
  prefetch(ranges: readonly FileRange[]): void;
}

/** A file that is in memory as a whole. */
export class BufferSource implements ByteSource {
  readonly size: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    if (!isRangeOf(this.size, offset, length)) throw new SnapshotError('snapshot.out-of-range');
    return this.#bytes.subarray(offset, offset + length);
  }

  prefetch(): void {
    // Everything is here already.
  }
}

/** True where [offset, offset + length) lies inside a file of `size` bytes. Hostile numbers end here. */
export function isRangeOf(size: number, offset: number, length: number): boolean {
  return (
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    offset >= 0 &&
    length >= 0 &&
    offset + length <= size
  );
}
