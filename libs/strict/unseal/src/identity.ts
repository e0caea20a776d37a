import {
  type KeyObject,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { EnvelopeError, FILE_KEY_BYTES, type Stanza, X25519_INFO } from '@crashkeep/envelope';
import { bech32 } from '@scure/base';

/** PKCS#8 of an X25519 key up to its 32 raw bytes (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const WRAPPED_BYTES = FILE_KEY_BYTES + 16;

/** An X25519 private key. Kept as a KeyObject: a JavaScript string of it would stay in the heap until collected. */
export class Identity {
  readonly #publicBytes: Buffer;
  readonly #privateKey: KeyObject;

  private constructor(
    readonly recipient: string,
    publicBytes: Buffer,
    privateKey: KeyObject,
  ) {
    this.#publicBytes = publicBytes;
    this.#privateKey = privateKey;
  }

  static generate(): Identity {
    return Identity.#from(generateKeyPairSync('x25519').privateKey);
  }

  /** The form that `age-keygen` writes: `AGE-SECRET-KEY-1…`. */
  static parse(text: string): Identity {
    try {
      const { prefix, bytes } = bech32.decodeToBytes(text.toLowerCase());
      if (text === text.toUpperCase() && prefix === 'age-secret-key-' && bytes.length === 32) {
        return Identity.#from(
          createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, bytes]), format: 'der', type: 'pkcs8' }),
        );
      }
    } catch {
      // Falls through: the cause would quote a secret.
    }
    throw new EnvelopeError('envelope.malformed-identity');
  }

  static #from(privateKey: KeyObject): Identity {
    const raw = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
    return new Identity(bech32.encodeFromBytes('age', raw), raw, privateKey);
  }

  /** For a key file only; the caller wipes nothing, so call it once, where the file is written. */
  exportSecret(): string {
    const der = this.#privateKey.export({ format: 'der', type: 'pkcs8' });
    return bech32.encodeFromBytes('age-secret-key-', der.subarray(PKCS8_PREFIX.length)).toUpperCase();
  }

  /** The file key, or null where the stanza is for somebody else. */
  unwrap(stanza: Stanza): Buffer | null {
    const [type, share64, ...rest] = stanza.args;
    if (type !== 'X25519' || share64 === undefined) return null;
    const share = Buffer.from(share64, 'base64');
    if (
      rest.length > 0 ||
      share.length !== 32 ||
      share.toString('base64').replace(/=+$/, '') !== share64 ||
      stanza.body.length !== WRAPPED_BYTES
    ) {
      throw new EnvelopeError('envelope.malformed-header');
    }
    const salt = Buffer.concat([share, this.#publicBytes]);
    const key = Buffer.from(hkdfSync('sha256', this.#sharedSecret(share), salt, X25519_INFO, 32));
    return openWrapped(key, stanza.body);
  }

  #sharedSecret(share: Buffer): Buffer {
    try {
      const publicKey = createPublicKey({
        key: { kty: 'OKP', crv: 'X25519', x: share.toString('base64url') },
        format: 'jwk',
      });
      return diffieHellman({ privateKey: this.#privateKey, publicKey });
    } catch {
      throw new EnvelopeError('envelope.malformed-header'); // a low-order point: the shared secret would be zero
    }
  }
}

function openWrapped(key: Buffer, body: Uint8Array): Buffer | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 });
  decipher.setAuthTag(body.subarray(FILE_KEY_BYTES));
  const fileKey = decipher.update(body.subarray(0, FILE_KEY_BYTES));
  try {
    decipher.final();
    return fileKey;
  } catch {
    return null;
  } finally {
    key.fill(0);
  }
}
