import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { IdentityError } from './identity-error.js';
import type { Passkey } from './passkey.js';

/** Loaded when first asked: it costs a third of a second, and most processes that know people never see a passkey. */
const library = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server');

/** The reading room as WebAuthn knows it. */
export interface PasskeyParty {
  /** Host name: `room.localhost`. */
  readonly rpId: string;
  /** With scheme and port: `http://room.localhost:8081`. */
  readonly origin: string;
}

type Known = Pick<Passkey, 'credentialId' | 'transports'>;
const described = (known: readonly Known[]): { id: string; transports: string[] }[] =>
  known.map(({ credentialId, transports }) => ({ id: credentialId, transports: [...transports] }));

/** For navigator.credentials.create(). The challenge is the caller's: random, stored, used once. */
export async function passkeyRegistrationOptions(
  party: PasskeyParty,
  person: { readonly id: string; readonly login: string; readonly name: string },
  challenge: Uint8Array<ArrayBuffer>,
  known: readonly Known[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Crashkeep reading room',
    rpID: party.rpId,
    userName: person.login,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    challenge,
    attestationType: 'none',
    excludeCredentials: described(known),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
  });
}

export interface NewCredential {
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  /** Cannot be synced to another device. */
  readonly singleDevice: boolean;
}

/** Throws `identity.passkey-refused` unless our page, our challenge and a verified user made it. */
export async function verifyPasskeyRegistration(
  party: PasskeyParty,
  challenge: Uint8Array,
  response: RegistrationResponseJSON,
): Promise<NewCredential> {
  const { verifyRegistrationResponse } = await library();
  const verified = await refusing(
    verifyRegistrationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString('base64url'),
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      requireUserVerification: true,
    }),
  );
  if (!verified.verified) throw new IdentityError('identity.passkey-refused');
  const { credential, credentialDeviceType } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: credential.transports ?? [],
    singleDevice: credentialDeviceType === 'singleDevice',
  };
}

/** For navigator.credentials.get(), with one of these passkeys only. */
export async function passkeyAssertionOptions(
  party: PasskeyParty,
  challenge: Uint8Array<ArrayBuffer>,
  allowed: readonly Known[],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: party.rpId,
    challenge,
    allowCredentials: described(allowed),
    userVerification: 'required',
  });
}

/** The authenticator's new counter. Throws `identity.passkey-refused` unless this passkey signed this challenge for our page. */
export async function verifyPasskeyAssertion(
  party: PasskeyParty,
  challenge: Uint8Array,
  passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'counter'>,
  response: AuthenticationResponseJSON,
): Promise<number> {
  if (response.id !== passkey.credentialId) throw new IdentityError('identity.passkey-refused');
  const { verifyAuthenticationResponse } = await library();
  const verified = await refusing(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString('base64url'),
      expectedOrigin: party.origin,
      expectedRPID: party.rpId,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.counter },
    }),
  );
  if (!verified.verified) throw new IdentityError('identity.passkey-refused');
  return verified.authenticationInfo.newCounter;
}

/** Whether this key signed this challenge for our page with a verified user; never throws. Its counter was judged when it came in. */
export async function isPasskeyAssertion(
  party: PasskeyParty,
  challenge: Uint8Array,
  key: { readonly credential: string; readonly publicKey: string },
  assertion: unknown,
): Promise<boolean> {
  const publicKey = new Uint8Array(Buffer.from(key.publicKey, 'base64url'));
  try {
    const known = { credentialId: key.credential, publicKey, counter: 0 };
    await verifyPasskeyAssertion(party, challenge, known, assertion as AuthenticationResponseJSON);
    return true;
  } catch {
    return false;
  }
}

/** The library throws texts that quote what it was given. */
async function refusing<T>(verification: Promise<T>): Promise<T> {
  try {
    return await verification;
  } catch {
    throw new IdentityError('identity.passkey-refused');
  }
}
