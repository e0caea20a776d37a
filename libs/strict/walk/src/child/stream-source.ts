import { type ByteSource, isRangeOf, SnapshotError } from '@crashkeep/snapshot';
import { ANSWER_BYTES_MAX } from '../wire/limits.js';
import type { RangeReader } from './pipe-source.js';

const PIECE_BYTES = 1024 * 1024;
/** Records are read here and there, memory front to back: a few pieces serve both, whatever the dump's size. */
const PIECES_KEPT = 24;

/** A file that the parent holds, of which little is kept: for readers that go through all of it. */
export class StreamSource implements ByteSource {
  readonly size: number;
  readonly #ask: RangeReader;
  /** In the order of their last use. */
  readonly #pieces = new Map<number, Uint8Array>();
  #lastFetched = -1;

  constructor(size: number, ask: RangeReader) {
    this.size = size;
    this.#ask = ask;
  }

  read(offset: number, length: number): Uint8Array {
    if (!isRangeOf(this.size, offset, length)) throw new SnapshotError('snapshot.out-of-range');
    const first = Math.floor(offset / PIECE_BYTES);
    const inside = offset - first * PIECE_BYTES;
    if (inside + length <= PIECE_BYTES) return this.#piece(first).subarray(inside, inside + length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const piece = Math.floor((offset + at) / PIECE_BYTES);
      const from = offset + at - piece * PIECE_BYTES;
      const part = this.#piece(piece).subarray(from, from + length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  prefetch(): void {
    // What comes next in the file is fetched with each miss.
  }

  #piece(ordinal: number): Uint8Array {
    const kept = this.#pieces.get(ordinal);
    if (kept !== undefined) {
      this.#pieces.delete(ordinal);
      this.#pieces.set(ordinal, kept);
      return kept;
    }
    this.#fetch(ordinal);
    const piece = this.#pieces.get(ordinal);
    if (piece === undefined) throw new SnapshotError('snapshot.out-of-range');
    return piece;
  }

  /** One piece, or as many as an ask may have where the file is being gone through. */
  #fetch(ordinal: number): void {
    const offset = ordinal * PIECE_BYTES;
    const length = Math.min(ordinal === this.#lastFetched + 1 ? ANSWER_BYTES_MAX : PIECE_BYTES, this.size - offset);
    const bytes = this.#ask([{ offset, length }]);
    for (let at = 0; at < length; at += PIECE_BYTES) {
      this.#lastFetched = ordinal + at / PIECE_BYTES;
      // A copy: a view would keep the whole answer alive as long as its last piece.
      this.#pieces.set(this.#lastFetched, bytes.slice(at, Math.min(at + PIECE_BYTES, length)));
    }
    for (const [oldest, piece] of this.#pieces) {
      if (this.#pieces.size <= PIECES_KEPT) break;
      piece.fill(0);
      this.#pieces.delete(oldest);
    }
  }
}
