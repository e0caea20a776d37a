import { IngestError } from '../ingest-error.js';

export type ByteStream = AsyncIterable<Uint8Array>;

/** Bytes that one request may still unfold to. Shared by every layer of decompression, so that nesting buys nothing. */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Passes a stream on while it counts; `ingest.too-large` at the first byte beyond. */
  async *count(source: ByteStream): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      this.#left -= piece.length;
      if (this.#left < 0) throw new IngestError('ingest.too-large');
      yield piece;
    }
  }
}
