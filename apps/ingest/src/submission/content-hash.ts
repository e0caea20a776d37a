import { createHash, randomBytes } from 'node:crypto';
import type { ByteStream } from '../body/byte-budget.js';

/** What the ledger says of a dump's plaintext: enough for who has it to know it again, and useless for who has not. */
export interface ContentHash {
  /** 16 bytes, hex. */
  readonly salt: string;
  /** SHA-256 over the salt and then the plaintext, hex. */
  readonly sha256: string;
}

const SALT_BYTES = 16;

/** Hashes a stream as it goes by; `take` once it has ended. */
export function hashing(source: ByteStream): { readonly bytes: ByteStream; readonly take: () => ContentHash } {
  const salt = randomBytes(SALT_BYTES);
  const digest = createHash('sha256').update(salt);
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      digest.update(piece);
      yield piece;
    }
  }
  return { bytes: passing(), take: () => ({ salt: salt.toString('hex'), sha256: digest.digest('hex') }) };
}
