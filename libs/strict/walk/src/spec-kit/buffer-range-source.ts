import type { AsyncRangeSource } from '../parent/async-range-source.js';

/** A file in memory, which counts what is read of it. */
export class BufferRangeSource implements AsyncRangeSource {
  readonly size: number;
  readonly reads: (readonly [offset: number, length: number])[] = [];
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    this.reads.push([offset, length]);
    return Promise.resolve(this.#bytes.subarray(offset, offset + length));
  }
}
