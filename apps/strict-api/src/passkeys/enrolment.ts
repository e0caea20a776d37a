import {
  type IdentityRows,
  type Passkey,
  enrolPasskey,
  passkeyRegistrationOptions,
  passkeysOf,
  revokePasskey,
  verifyPasskeyRegistration,
} from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import type { SignedIn } from '@crashkeep/platform';
import { keepChallenge } from '@crashkeep/strict-store';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';
import { proposeMissing } from '../statements/missing.js';
import { endAll, propose } from '../statements/propose.js';
import { reevaluateGrants } from '../statements/reevaluate.js';
import { type Ceremony, challengeBytes, newNonce, requireStepUp, takeNonce } from './ceremonies.js';

type Enroller = SignedIn & { readonly personId: PersonId };

/** The first passkey of a person needs their session alone; another one needs the first. */
export async function offerEnrolment(room: Room, person: Enroller): Promise<Ceremony> {
  const known = await passkeysOf(room.identity.rows, person.personId);
  if (known.length > 0) await requireStepUp(room, person);
  const nonce = newNonce();
  const challenge = challengeBytes(Buffer.from(nonce, 'base64url'));
  const described = { id: person.personId, login: person.login, name: person.name };
  const options = await passkeyRegistrationOptions(room.party, described, challenge, known);
  const about = { nonce, purpose: 'enrol', person: person.personId, about: null } as const;
  const { expiresAt } = await keepChallenge(room.strict.rows, about);
  return { nonce, options, expires_at: expiresAt.toISOString() };
}

/** Takes a new passkey. The first administrator's first one becomes the root, which the keeper pins in its own folder. */
export async function enrol(
  room: Room,
  person: Enroller,
  given: { readonly nonce: string; readonly label: string; readonly response: unknown },
): Promise<Passkey> {
  await takeNonce(room, given.nonce, person.personId, ['enrol']);
  const challenge = Buffer.from(given.nonce, 'base64url');
  const credential = await verifyPasskeyRegistration(room.party, challenge, given.response as never);
  const root = (await room.keeper.ping()).root === null && isFirstAdmin(person);
  await room.identity.transaction(async (rows) => {
    const { credentialId, publicKey, counter, transports } = credential;
    await enrolPasskey(rows, {
      ...{ credentialId, publicKey, counter, transports, root },
      ...{ personId: person.personId, label: given.label },
    });
    await appendPasskeyLeaf(rows, 'passkey.enrolled', person.personId, credentialId, root);
    if (root) return;
    const key = Buffer.from(publicKey).toString('base64url');
    const { personId } = person;
    await propose(rows, { kind: 'credential', person: personId, credential: credentialId, publicKey: key }, personId);
  });
  if (root) {
    await pinRoot(room, person.personId, credential);
    await proposeMissing(room);
  }
  const [enrolled] = (await passkeysOf(room.identity.rows, person.personId)).filter(
    ({ credentialId }) => credentialId === credential.credentialId,
  );
  if (enrolled === undefined) throw roomProblem('room.passkey-unknown');
  return enrolled;
}

/** Revokes it, and with it every open grant that it approved. */
export async function revoke(room: Room, person: Enroller, credentialId: string): Promise<void> {
  await requireStepUp(room, person);
  const { personId } = person;
  await room.identity.transaction(async (rows) => {
    if (!(await revokePasskey(rows, personId, credentialId))) throw roomProblem('room.passkey-unknown');
    if ((await room.keeper.ping()).root?.credential === credentialId) throw roomProblem('room.root-stays');
    await appendPasskeyLeaf(rows, 'passkey.revoked', personId, credentialId, false);
    const { statements } = await room.trust.within(rows);
    const ended = statements.filter((it) => it.kind === 'credential' && it.credential === credentialId);
    await endAll(rows, ended, personId);
    await reevaluateGrants(rows, await room.trust.within(rows), personId);
  });
}

/** A passkey that the keeper did not take is nobody's root: it is taken back, and the person tries again. */
async function pinRoot(
  { keeper, identity }: Room,
  person: PersonId,
  { credentialId, publicKey }: Pick<Passkey, 'credentialId' | 'publicKey'>,
): Promise<void> {
  try {
    await keeper.pinRoot({ credential: credentialId, publicKey: Buffer.from(publicKey).toString('base64url'), person });
  } catch (error) {
    await identity.transaction(async (rows) => {
      await revokePasskey(rows, person, credentialId);
      await appendPasskeyLeaf(rows, 'passkey.revoked', person, credentialId, true);
    });
    throw error;
  }
}

const isFirstAdmin = ({ roles }: SignedIn): boolean =>
  roles.some(({ project, role }) => project === '*' && role === 'admin');

async function appendPasskeyLeaf(
  rows: IdentityRows,
  act: 'passkey.enrolled' | 'passkey.revoked',
  person: PersonId,
  credential: string,
  root: boolean,
): Promise<void> {
  await appendLeaf(rows, 'strict-api', { act, person, credential, root, by: person });
}
