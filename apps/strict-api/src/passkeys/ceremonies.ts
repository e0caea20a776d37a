import { createHash, randomBytes } from 'node:crypto';
import { AccessError } from '@crashkeep/access';
import {
  type Passkey,
  advancePasskeyCounter,
  findPasskey,
  hasSteppedUp,
  passkeyAssertionOptions,
  verifyPasskeyAssertion,
} from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import type { SignedIn } from '@crashkeep/platform';
import { type ChallengePurpose, type RoomChallenge, keepChallenge, takeChallenge } from '@crashkeep/strict-store';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';

export const newNonce = (): string => randomBytes(32).toString('base64url');

/** Bytes that @simplewebauthn takes: on an ArrayBuffer of their own. */
export const challengeBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export interface Ceremony {
  readonly nonce: string;
  readonly options: object;
  readonly expires_at: string;
}

/** What a step-up signs. It has a domain of its own: signed here, it is nothing as an approval, and the other way round. */
const stepUpChallenge = (nonce: string): Uint8Array<ArrayBuffer> =>
  challengeBytes(createHash('sha256').update(`crashkeep/step-up/v1${nonce}`).digest());

export async function offerStepUp(
  { strict, party }: Room,
  person: PersonId,
  known: readonly Passkey[],
): Promise<Ceremony> {
  if (known.length === 0) throw roomProblem('room.passkey-needed');
  const nonce = newNonce();
  const options = await passkeyAssertionOptions(party, stepUpChallenge(nonce), known);
  const { expiresAt } = await keepChallenge(strict.rows, { nonce, purpose: 'step-up', person, about: null });
  return { nonce, options, expires_at: expiresAt.toISOString() };
}

/** Throws `access.challenge-unknown`, `access.credential-unknown` or `access.assertion-refused`. */
export async function proveStepUp(room: Room, person: PersonId, nonce: string, response: unknown): Promise<void> {
  await takeNonce(room, nonce, person, ['step-up']);
  await requireAssertion(room, person, stepUpChallenge(nonce), response);
}

/** Uses the nonce up: what it was for, or `access.challenge-unknown`. */
export async function takeNonce(
  { strict }: Room,
  nonce: string,
  person: PersonId,
  purposes: readonly ChallengePurpose[],
): Promise<RoomChallenge> {
  const taken = await takeChallenge(strict.rows, nonce, person, purposes);
  if (taken === null) throw new AccessError('access.challenge-unknown');
  return taken;
}

/** The credential that signed this challenge, if it is a live one of this person and its counter rose. */
export async function requireAssertion(
  { identity, party }: Room,
  person: PersonId,
  challenge: Uint8Array,
  response: unknown,
): Promise<{ readonly credentialId: string }> {
  const passkey = await findPasskey(identity.rows, idOf(response));
  if (passkey?.personId !== person) throw new AccessError('access.credential-unknown');
  try {
    const counter = await verifyPasskeyAssertion(party, challenge, passkey, response as never);
    if (await advancePasskeyCounter(identity.rows, passkey.credentialId, counter)) return passkey;
  } catch {
    // Falls through: why it does not verify is of no use to whoever forged it.
  }
  throw new AccessError('access.assertion-refused');
}

/** For acts that a stolen session must not be enough for. */
export async function requireStepUp({ identity }: Room, { session }: SignedIn): Promise<void> {
  if (!(await hasSteppedUp(identity.rows, session))) throw roomProblem('room.step-up-needed');
}

function idOf(response: unknown): string {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : null;
  return typeof id === 'string' ? id : '';
}
