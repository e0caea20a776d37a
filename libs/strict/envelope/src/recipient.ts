import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { bech32 } from '@scure/base';
import { EnvelopeError } from './envelope-error.js';
import type { Stanza } from './header.js';

export const FILE_KEY_BYTES = 16;
export const X25519_INFO = 'age-encryption.org/v1/X25519';

/** The 32 raw bytes of an `age1…` recipient. */
export function parseRecipient(recipient: string): Buffer {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(recipient);
    if (prefix === 'age' && bytes.length === 32) return Buffer.from(bytes);
  } catch {
    // Falls through: why it does not decode is of no use to whoever reads the code.
  }
  throw new EnvelopeError('envelope.malformed-recipient');
}

/** Wraps a file key for one X25519 recipient under a fresh ephemeral key. Low-order points are refused by OpenSSL. */
export function recipientStanza(recipient: string, fileKey: Uint8Array): Stanza {
  const theirs = parseRecipient(recipient);
  const ephemeral = generateKeyPairSync('x25519');
  const share = Buffer.from(ephemeral.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const secret = sharedSecret(ephemeral.privateKey, theirs);
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.concat([share, theirs]), X25519_INFO, 32));
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  secret.fill(0);
  return { args: ['X25519', share.toString('base64').replace(/=+$/, '')], body };
}

function sharedSecret(privateKey: Parameters<typeof diffieHellman>[0]['privateKey'], theirs: Buffer): Buffer {
  try {
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: theirs.toString('base64url') },
      format: 'jwk',
    });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    throw new EnvelopeError('envelope.malformed-recipient');
  }
}
