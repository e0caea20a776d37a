import { hkdfSync } from 'node:crypto';
import { EnvelopeError } from './envelope-error.js';

/** age's STREAM: 64 KiB of plaintext a chunk, each with a Poly1305 tag (c2sp.org/age, "Payload"). */
export const CHUNK_BYTES = 64 * 1024;
export const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
export const NONCE_BYTES = 16;

export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
}

/** 11 bytes of big-endian counter and a byte that marks the last chunk. `index` stays below 2^48: 16 EiB. */
export function chunkNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** An empty plaintext is one empty chunk; no other plaintext ends in an empty chunk. */
export function chunkCount(plaintextBytes: number): number {
  return Math.max(1, Math.ceil(plaintextBytes / CHUNK_BYTES));
}

export function sealedSize(plaintextBytes: number): number {
  return NONCE_BYTES + plaintextBytes + chunkCount(plaintextBytes) * TAG_BYTES;
}

/** Plaintext bytes of a payload of this size; a size that no plaintext has is `envelope.wrong-size`. */
export function plaintextSize(payloadBytes: number): number {
  const body = payloadBytes - NONCE_BYTES;
  const plaintext = body - Math.max(1, Math.ceil(body / SEALED_CHUNK_BYTES)) * TAG_BYTES;
  if (!Number.isSafeInteger(payloadBytes) || plaintext < 0 || sealedSize(plaintext) !== payloadBytes) {
    throw new EnvelopeError('envelope.wrong-size');
  }
  return plaintext;
}
