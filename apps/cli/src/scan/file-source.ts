import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type ByteSource, isRangeOf, SnapshotError } from '@crashkeep/snapshot';

/** A person's own file, read in place: the screen goes through it front to back. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #descriptor: number;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.size = fstatSync(this.#descriptor).size;
  }

  read(offset: number, length: number): Uint8Array {
    if (!isRangeOf(this.size, offset, length)) throw new SnapshotError('snapshot.out-of-range');
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length;) {
      const read = readSync(this.#descriptor, bytes, at, length - at, offset + at);
      if (read === 0) throw new SnapshotError('snapshot.out-of-range');
      at += read;
    }
    return bytes;
  }

  prefetch(): void {
    // The operating system reads ahead.
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
