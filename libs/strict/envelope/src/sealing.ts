import { createCipheriv, randomBytes } from 'node:crypto';
import type { Binding } from './binding.js';
import { EnvelopeError } from './envelope-error.js';
import { makeHeader } from './make-header.js';
import { CHUNK_BYTES, NONCE_BYTES, TAG_BYTES, chunkNonce, payloadKey } from './payload-format.js';
import { FILE_KEY_BYTES } from './recipient.js';

/** One header a recipient: `vault` outlives the walk, `extraction` is deleted after it (DESIGN.md 5). */
export interface SealedHeaders {
  readonly vault: Buffer;
  readonly extraction: Buffer;
}

/**
 * Seals one payload while it arrives. At most one chunk of plaintext waits here: STREAM marks its last chunk, so a
 * full chunk can be sealed only when a further byte has come.
 */
export class Sealing {
  readonly headers: SealedHeaders;
  readonly #key: Buffer;
  readonly #nonce = randomBytes(NONCE_BYTES);
  readonly #waiting = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #filled = 0;
  #index = 0;
  #nonceSent = false;
  #finished = false;

  constructor(binding: Binding, recipients: { readonly vault: string; readonly extraction: string }) {
    const fileKey = Buffer.allocUnsafeSlow(FILE_KEY_BYTES);
    randomBytes(FILE_KEY_BYTES).copy(fileKey);
    this.headers = {
      vault: makeHeader(fileKey, binding, recipients.vault),
      extraction: makeHeader(fileKey, binding, recipients.extraction),
    };
    this.#key = payloadKey(fileKey, this.#nonce);
    fileKey.fill(0);
  }

  /** Takes plaintext of any length; gives the ciphertext that is due, possibly none. */
  update(plaintext: Uint8Array): Buffer {
    return Buffer.concat(this.pieces(plaintext));
  }

  /** As `update`, in pieces that follow each other: putting a chunk and its tag together costs half as much as sealing it. */
  pieces(plaintext: Uint8Array): Buffer[] {
    if (this.#finished) throw new EnvelopeError('envelope.already-finished');
    const due = this.#takeNonce();
    for (let at = 0; at < plaintext.length;) {
      if (this.#filled === CHUNK_BYTES) this.#sealWaiting(false, due);
      const taken = Math.min(CHUNK_BYTES - this.#filled, plaintext.length - at);
      this.#waiting.set(plaintext.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
    }
    return due;
  }

  /** The last chunk. The key and the plaintext buffer are wiped. */
  final(): Buffer {
    if (this.#finished) throw new EnvelopeError('envelope.already-finished');
    const due = this.#takeNonce();
    this.#sealWaiting(true, due);
    this.abandon();
    return Buffer.concat(due);
  }

  /** Wipes key and plaintext, for an upload that was cut off. */
  abandon(): void {
    this.#finished = true;
    this.#key.fill(0);
    this.#waiting.fill(0);
  }

  #takeNonce(): Buffer[] {
    if (this.#nonceSent) return [];
    this.#nonceSent = true;
    return [this.#nonce];
  }

  #sealWaiting(last: boolean, due: Buffer[]): void {
    const nonce = chunkNonce(this.#index++, last);
    const cipher = createCipheriv('chacha20-poly1305', this.#key, nonce, { authTagLength: TAG_BYTES });
    due.push(cipher.update(this.#waiting.subarray(0, this.#filled)));
    cipher.final(); // a stream cipher holds nothing back
    due.push(cipher.getAuthTag());
    this.#filled = 0;
  }
}
