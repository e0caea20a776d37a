import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { testDatabase } from '@crashkeep/testkit';
import { describe, expect, test } from 'vitest';
import {
  advancePasskeyCounter,
  createPerson,
  enrolPasskey,
  findPasskey,
  openIdentityStore,
  passkeyAssertionOptions,
  passkeyRegistrationOptions,
  passkeysOf,
  revokePasskey,
  verifyPasskeyAssertion,
  verifyPasskeyRegistration,
} from './index.js';

const party = { rpId: 'room.localhost', origin: 'http://room.localhost:8081' };
const VERIFIED = 0x05;
const ONLY_PRESENT = 0x01;
const ATTESTED = 0x40;

/** Makes what a browser would send for an ES256 authenticator; each part can be made wrong. */
class SoftwareAuthenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(32);

  register(
    challenge: Uint8Array,
    { origin = party.origin, rpId = party.rpId, flags = VERIFIED } = {},
  ): RegistrationResponseJSON {
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.#id.length), this.#id, this.#coseKey()]);
    const authData = new Uint8Array(Buffer.concat([head(rpId, flags | ATTESTED, 1), attested]));
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...this.#described(),
      response: {
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  sign(
    challenge: Uint8Array,
    { origin = party.origin, rpId = party.rpId, flags = VERIFIED, counter = 2 } = {},
  ): AuthenticationResponseJSON {
    const [data, authData] = [clientData('webauthn.get', challenge, origin), head(rpId, flags, counter)];
    const signed = createSign('sha256').update(authData).update(createHash('sha256').update(data).digest());
    return {
      ...this.#described(),
      response: {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signed.sign(this.#keys.privateKey).toString('base64url'),
      },
    };
  }

  #described(): { id: string; rawId: string; type: 'public-key'; clientExtensionResults: object } {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }

  #coseKey(): Uint8Array {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    return isoCBOR.encode(key as never);
  }
}

function head(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(flags), count]);
}

const clientData = (type: string, challenge: Uint8Array, origin: string): Buffer =>
  Buffer.from(
    JSON.stringify({ type, challenge: Buffer.from(challenge).toString('base64url'), origin, crossOrigin: false }),
  );

const newChallenge = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

describe('enrolment', () => {
  test('options ask for user verification and carry the challenge that was given', async () => {
    const challenge = newChallenge();
    const options = await passkeyRegistrationOptions(party, { id: 'p', login: 'ada', name: 'Ada' }, challenge, []);
    expect(options.challenge).toBe(Buffer.from(challenge).toString('base64url'));
    expect(options.rp.id).toBe('room.localhost');
    expect(options.authenticatorSelection?.userVerification).toBe('required');
  });

  test('a credential is taken', async () => {
    const challenge = newChallenge();
    const credential = await verifyPasskeyRegistration(
      party,
      challenge,
      new SoftwareAuthenticator().register(challenge),
    );
    expect(credential).toMatchObject({ counter: 1, transports: ['internal'], singleDevice: true });
  });

  test.each([
    ['another page', { origin: 'http://localhost:8080' }],
    ['another relying party', { rpId: 'localhost' }],
    ['a user who was only present', { flags: ONLY_PRESENT }],
  ])('is refused from %s', async (_what, wrong) => {
    const challenge = newChallenge();
    const response = new SoftwareAuthenticator().register(challenge, wrong);
    await expect(verifyPasskeyRegistration(party, challenge, response)).rejects.toThrow(/^identity\.passkey-refused$/);
  });

  test('is refused for another challenge', async () => {
    const response = new SoftwareAuthenticator().register(newChallenge());
    await expect(verifyPasskeyRegistration(party, newChallenge(), response)).rejects.toThrow(
      'identity.passkey-refused',
    );
  });
});

describe('assertion', () => {
  async function enrolled(): Promise<[SoftwareAuthenticator, Awaited<ReturnType<typeof verifyPasskeyRegistration>>]> {
    const [authenticator, challenge] = [new SoftwareAuthenticator(), newChallenge()];
    return [authenticator, await verifyPasskeyRegistration(party, challenge, authenticator.register(challenge))];
  }

  test('options name the passkeys that may answer', async () => {
    const [, credential] = await enrolled();
    const options = await passkeyAssertionOptions(party, newChallenge(), [credential]);
    expect(options.allowCredentials).toMatchObject([{ id: credential.credentialId }]);
    expect(options.userVerification).toBe('required');
  });

  test('gives the new counter', async () => {
    const [authenticator, credential] = await enrolled();
    const challenge = newChallenge();
    expect(await verifyPasskeyAssertion(party, challenge, credential, authenticator.sign(challenge))).toBe(2);
  });

  test.each([
    ['another page', { origin: 'http://localhost:8080' }],
    ['another relying party', { rpId: 'localhost' }],
    ['a user who was only present', { flags: ONLY_PRESENT }],
    ['a counter that did not rise', { counter: 1 }],
  ])('is refused from %s', async (_what, wrong) => {
    const [authenticator, credential] = await enrolled();
    const challenge = newChallenge();
    const response = authenticator.sign(challenge, wrong);
    await expect(verifyPasskeyAssertion(party, challenge, credential, response)).rejects.toThrow(
      'identity.passkey-refused',
    );
  });

  test('is refused for another challenge, by another passkey, and under another passkey’s name', async () => {
    const [[authenticator, credential], [stranger, other]] = [await enrolled(), await enrolled()];
    const challenge = newChallenge();
    const refused = [
      verifyPasskeyAssertion(party, newChallenge(), credential, authenticator.sign(challenge)),
      verifyPasskeyAssertion(party, challenge, credential, stranger.sign(challenge)),
      verifyPasskeyAssertion(
        party,
        challenge,
        { ...other, credentialId: credential.credentialId },
        authenticator.sign(challenge),
      ),
    ];
    for (const attempt of refused) await expect(attempt).rejects.toThrow('identity.passkey-refused');
  });
});

test('rows: enrolled once, counted upwards, found until revoked', async () => {
  const store = openIdentityStore((await testDatabase()).urlFor('ck_strict_api'));
  const personId = await createPerson(store.rows, { name: 'Ada', login: 'ada' });
  const passkey = {
    credentialId: 'abc',
    personId,
    publicKey: new Uint8Array([1, 2]),
    counter: 1,
    transports: ['usb'],
    root: true,
    label: 'key',
  };
  await enrolPasskey(store.rows, passkey);
  await expect(enrolPasskey(store.rows, passkey)).rejects.toThrow('identity.passkey-known');
  expect(await findPasskey(store.rows, 'abc')).toMatchObject(passkey);
  expect(await advancePasskeyCounter(store.rows, 'abc', 5)).toBe(true);
  expect(await advancePasskeyCounter(store.rows, 'abc', 5)).toBe(false);
  expect(await passkeysOf(store.rows, personId)).toHaveLength(1);
  expect(await revokePasskey(store.rows, personId, 'abc')).toBe(true);
  expect(await findPasskey(store.rows, 'abc')).toBeNull();
  await store.close();
});
