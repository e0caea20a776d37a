import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED_DATA = 0x40;

/** What a page and an authenticator may get wrong, on purpose. */
export interface Slip {
  /** Another page's. */
  readonly origin?: string;
  readonly rpId?: string;
  /** False: a touch, and nobody verified. */
  readonly verified?: boolean;
  /** Signature counter; a copied authenticator's lags behind. */
  readonly counter?: number;
}

interface Described {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: Record<string, never>;
}

export interface RegistrationJson extends Described {
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports: ['internal'];
  };
}

export interface AssertionJson extends Described {
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
  };
}

/** An ES256 authenticator and its browser, in software: what `navigator.credentials` would give for a challenge (WebAuthn 3, 6). */
export class SoftwarePasskey {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(32);
  readonly #origin: string;
  readonly #rpId: string;
  #counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    this.#rpId = new URL(origin).hostname;
  }

  get id(): string {
    return this.#id.toString('base64url');
  }

  /** As a passkey row holds it. */
  get coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const point = (label: number, text: string): Buffer =>
      Buffer.concat([Buffer.of(label, 0x58, 0x20), Buffer.from(text, 'base64url')]);
    // CBOR of {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    return Buffer.concat([Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01), point(0x21, x), point(0x22, y)]);
  }

  register(challenge: string, slip: Slip = {}): RegistrationJson {
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.#id.length), this.#id, this.coseKey]);
    const authData = Buffer.concat([this.#head(slip, ATTESTED_DATA), credential]);
    const text = (value: string): Buffer => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)]);
    // CBOR of {fmt: "none", attStmt: {}, authData}
    const attestation = Buffer.concat([
      ...[Buffer.of(0xa3), text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData')],
      ...[Buffer.of(0x58, authData.length), authData],
    ]);
    const clientDataJSON = this.#clientData('webauthn.create', challenge, slip).toString('base64url');
    return {
      ...this.#described(),
      response: { clientDataJSON, attestationObject: attestation.toString('base64url'), transports: ['internal'] },
    };
  }

  /** `challenge` is base64url, as the options carry it. */
  sign(challenge: string, slip: Slip = {}): AssertionJson {
    const clientData = this.#clientData('webauthn.get', challenge, slip);
    const authData = this.#head(slip, 0);
    const signed = createSign('sha256').update(authData).update(createHash('sha256').update(clientData).digest());
    return {
      ...this.#described(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signed.sign(this.#keys.privateKey).toString('base64url'),
      },
    };
  }

  #head({ rpId = this.#rpId, verified = true, counter = ++this.#counter }: Slip, more: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const flags = USER_PRESENT | (verified ? USER_VERIFIED : 0) | more;
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(flags), count]);
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Slip): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #described(): Described {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} };
  }
}
