import { createDecipheriv } from 'node:crypto';
import {
  CHUNK_BYTES,
  EnvelopeError,
  NONCE_BYTES,
  SEALED_CHUNK_BYTES,
  TAG_BYTES,
  chunkCount,
  chunkNonce,
  payloadKey,
  plaintextSize,
} from '@crashkeep/envelope';

/** A sealed payload as its store serves it: `read` gives exactly `length` bytes or rejects. */
export interface CiphertextSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Random access to the plaintext of one payload. Offsets and lengths are plaintext bytes. */
export class UnsealedPayload {
  readonly #source: CiphertextSource;
  readonly #key: Buffer;

  private constructor(
    readonly size: number,
    source: CiphertextSource,
    key: Buffer,
  ) {
    this.#source = source;
    this.#key = key;
  }

  /** Reads nonce and last chunk: a payload cut at a chunk's edge shows no other sign than its missing end. */
  static async open(source: CiphertextSource, fileKey: Uint8Array): Promise<UnsealedPayload> {
    const size = plaintextSize(source.size);
    const payload = new UnsealedPayload(size, source, payloadKey(fileKey, await source.read(0, NONCE_BYTES)));
    const last = chunkCount(size) - 1;
    await payload.#chunks(last, last);
    return payload;
  }

  /** One fetch for the whole range, then chunk by chunk. A wrong tag is `envelope.wrong-chunk` and gives no byte. */
  async read(offset: number, length: number): Promise<Buffer> {
    if (
      !Number.isSafeInteger(offset) ||
      !Number.isSafeInteger(length) ||
      offset < 0 ||
      length < 0 ||
      offset + length > this.size
    ) {
      throw new EnvelopeError('envelope.out-of-range');
    }
    if (length === 0) return Buffer.alloc(0);
    const first = Math.floor(offset / CHUNK_BYTES);
    const plaintext = await this.#chunks(first, Math.floor((offset + length - 1) / CHUNK_BYTES));
    const start = offset - first * CHUNK_BYTES;
    return plaintext.subarray(start, start + length);
  }

  /** The whole plaintext in order, at most `CHUNK_BYTES` a piece. */
  async *pieces(): AsyncGenerator<Buffer> {
    for (let offset = 0; offset < this.size; offset += CHUNK_BYTES) {
      yield await this.read(offset, Math.min(CHUNK_BYTES, this.size - offset));
    }
  }

  close(): void {
    this.#key.fill(0);
  }

  async #chunks(first: number, last: number): Promise<Buffer> {
    const from = NONCE_BYTES + first * SEALED_CHUNK_BYTES;
    const to = Math.min(NONCE_BYTES + (last + 1) * SEALED_CHUNK_BYTES, this.#source.size);
    const sealed = await this.#source.read(from, to - from);
    if (sealed.length !== to - from) throw new EnvelopeError('envelope.wrong-size');
    const final = chunkCount(this.size) - 1;
    const opened: Buffer[] = [];
    for (let index = first; index <= last; index++) {
      const at = (index - first) * SEALED_CHUNK_BYTES;
      opened.push(this.#openChunk(sealed.subarray(at, at + SEALED_CHUNK_BYTES), index, index === final));
    }
    return Buffer.concat(opened);
  }

  #openChunk(sealed: Uint8Array, index: number, last: boolean): Buffer {
    const decipher = createDecipheriv('chacha20-poly1305', this.#key, chunkNonce(index, last), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const plaintext = decipher.update(sealed.subarray(0, -TAG_BYTES));
    try {
      decipher.final();
    } catch {
      plaintext.fill(0);
      throw new EnvelopeError('envelope.wrong-chunk');
    }
    return plaintext;
  }
}
