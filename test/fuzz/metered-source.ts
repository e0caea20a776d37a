import { type ByteSource, BufferSource, type FileRange, SnapshotError } from '@crashkeep/snapshot';

/** Bytes that a parser may read of an input, for each byte that it has; small inputs get a floor. A parser that needs more reads in circles. */
const READS_PER_BYTE = 64;
const READS_FLOOR = 4 * 1024 * 1024;

/** An input that counts what is read of it, and refuses as the pipe of a walk's child does. */
export class MeteredSource implements ByteSource {
  readonly size: number;
  readonly #bytes: BufferSource;
  #left: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = new BufferSource(bytes);
    this.size = bytes.length;
    this.#left = Math.max(READS_FLOOR, bytes.length * READS_PER_BYTE);
  }

  read(offset: number, length: number): Uint8Array {
    const found = this.#bytes.read(offset, length);
    this.#left -= length;
    if (this.#left < 0) throw new SnapshotError('snapshot.budget-exhausted');
    return found;
  }

  prefetch(ranges: readonly FileRange[]): void {
    for (const { offset, length } of ranges) {
      if (!(length >= 0) || Number.isNaN(offset)) throw new TypeError('a range that is no range was asked for');
    }
  }
}
