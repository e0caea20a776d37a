import { createCipheriv, randomBytes } from 'node:crypto';
import {
  CHUNK_BYTES,
  FILE_KEY_BYTES,
  NONCE_BYTES,
  SEALED_CHUNK_BYTES,
  TAG_BYTES,
  chunkCount,
  chunkNonce,
  payloadKey,
  sealedSize,
} from '@crashkeep/envelope';
import { type CiphertextSource, UnsealedPayload } from '@crashkeep/unseal';

/** A file by ranges, of any size. */
interface PlainFile {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** A store's object whose chunks are sealed when they are asked for: what a dump of any size costs, without its bytes on a disk. */
export async function sealedVirtually(file: PlainFile): Promise<{ payload: UnsealedPayload; decrypted(): number }> {
  const fileKey = randomBytes(FILE_KEY_BYTES);
  const source = new VirtualObject(file, fileKey);
  return { payload: await UnsealedPayload.open(source, fileKey), decrypted: () => source.bytes };
}

class VirtualObject implements CiphertextSource {
  readonly size: number;
  /** Served so far. */
  bytes = 0;
  readonly #file: PlainFile;
  readonly #nonce = randomBytes(NONCE_BYTES);
  readonly #key: Buffer;

  constructor(file: PlainFile, fileKey: Uint8Array) {
    this.#file = file;
    this.size = sealedSize(file.size);
    this.#key = payloadKey(fileKey, this.#nonce);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    if (offset + length <= NONCE_BYTES) return Promise.resolve(this.#nonce.subarray(offset, offset + length));
    this.bytes += length;
    const first = Math.floor((offset - NONCE_BYTES) / SEALED_CHUNK_BYTES);
    const last = Math.floor((offset + length - 1 - NONCE_BYTES) / SEALED_CHUNK_BYTES);
    const chunks = Array.from({ length: last - first + 1 }, (_, i) => this.#chunk(first + i));
    const start = offset - NONCE_BYTES - first * SEALED_CHUNK_BYTES;
    return Promise.resolve(Buffer.concat(chunks).subarray(start, start + length));
  }

  #chunk(index: number): Buffer {
    const isLast = index === chunkCount(this.#file.size) - 1;
    const at = index * CHUNK_BYTES;
    const nonce = chunkNonce(index, isLast);
    const cipher = createCipheriv('chacha20-poly1305', this.#key, nonce, { authTagLength: TAG_BYTES });
    const sealed = cipher.update(this.#file.read(at, Math.min(CHUNK_BYTES, this.#file.size - at)));
    return Buffer.concat([sealed, cipher.final(), cipher.getAuthTag()]);
  }
}
