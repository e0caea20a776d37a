import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AlertPostError } from './alert-post-error.js';

const NONCE = 12;
const TAG = 16;

/** Keeps addresses in the database that only the console can read: a Slack hook's address is a secret. AES-256-GCM. */
export class TargetSeal {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'crashkeep/alert-target/v1', 32));
  }

  /** Nonce, ciphertext, tag. */
  close(target: string): Uint8Array {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    return Buffer.concat([nonce, cipher.update(target, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws `alerts.target-unreadable` where the key is another. */
  open(sealed: Uint8Array): string {
    try {
      const body = sealed.subarray(NONCE, sealed.length - TAG);
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch {
      throw new AlertPostError('alerts.target-unreadable');
    }
  }
}
