import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { WalkError } from '../walk-error.js';
import { Ask, decodeHead, type Frame, HEAD_BYTES, LENGTH_BYTES } from '../wire/frame.js';
import { FORM_PIECE_BYTES_MAX, MODULE_LIST_BYTES_MAX, RANGES_PER_ASK, RESULT_BYTES_MAX } from '../wire/limits.js';

/** Bytes of payload that each kind of message may have. What is not listed may not come. */
const PAYLOAD_MAX: ReadonlyMap<number, number> = new Map([
  [Ask.ready, 256],
  [Ask.ranges, RANGES_PER_ASK * 12],
  [Ask.symbols, MODULE_LIST_BYTES_MAX],
  [Ask.result, RESULT_BYTES_MAX],
  [Ask.failure, 64],
  [Ask.piece, FORM_PIECE_BYTES_MAX],
]);

/** Takes messages off a child's pipe, one when asked: a child that floods fills the pipe and waits. */
export class FrameReader {
  readonly #pipe: AsyncIterator<Buffer, undefined>;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(stream: Readable) {
    stream.on('error', () => undefined);
    this.#pipe = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** Throws `walk.child-died` at the pipe's end, `walk.bad-answer` for a message that may not come. */
  async next(): Promise<Frame> {
    const start = await this.#take(LENGTH_BYTES + HEAD_BYTES);
    const length = start.readUInt32LE(0) - HEAD_BYTES;
    const head = decodeHead(start.subarray(LENGTH_BYTES));
    if (length < 0 || length > (PAYLOAD_MAX.get(head.op) ?? -1)) throw new WalkError('walk.bad-answer');
    return { ...head, payload: length === 0 ? Buffer.alloc(0) : await this.#take(length) };
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#bytes < length) {
      const chunk = await this.#nextChunk();
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
    }
    const all = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    this.#chunks = length < all.length ? [all.subarray(length)] : [];
    this.#bytes = all.length - length;
    return all.subarray(0, length);
  }

  async #nextChunk(): Promise<Buffer> {
    try {
      const next = await this.#pipe.next();
      if (next.done !== true) return next.value;
    } catch {
      // A pipe that breaks and one that ends are the same news.
    }
    throw new WalkError('walk.child-died');
  }
}
