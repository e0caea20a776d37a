import {
  AccessError,
  type Actor,
  SignedPage,
  type Statement,
  type Trust,
  decide,
  mayDo,
  parseStatement,
  signedPageChallenge,
  signedPageText,
} from '@crashkeep/access';
import { passkeyAssertionOptions, passkeysOf } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import { type StrictRows, insertSignature, keepChallenge, listStatements } from '@crashkeep/strict-store';
import type { z } from 'zod';
import { roomProblem } from '../http/room-error.js';
import { challengeBytes, newNonce, requireAssertion, takeNonce } from '../passkeys/ceremonies.js';
import type { Room } from '../room.js';
import type { SignChallenge } from '../wire/statements.js';
import { hashOf, leafFacts } from './propose.js';
import { reevaluateGrants } from './reevaluate.js';

/** Whether this person's signature on a statement could be worth anything. Root may sign all, also of its holder. */
export function maySign(trust: Trust, actor: Actor, statement: Statement): boolean {
  if (trust.root?.person === actor.person) return true;
  if (statement.kind === 'keeper-key') return false;
  if ('person' in statement && statement.person === actor.person) return false;
  const project = 'project' in statement ? statement.project : null;
  if (project !== null) return mayDo(actor, 'statement.sign', { project });
  return actor.roles.some(({ role }) => role === 'security');
}

/** What a passkey is asked to sign: a page of statements, word for word. Kept for five minutes, once. */
export async function offerSigning(
  room: Room,
  actor: Actor,
  ids: readonly string[],
): Promise<z.input<typeof SignChallenge>> {
  const trust = await room.trust.now(room.strict.rows);
  const statements = await statementsToSign(room.strict.rows, ids);
  for (const statement of statements) requireMaySign(trust, actor, statement);
  const known = await passkeysOf(room.identity.rows, actor.person);
  if (known.length === 0) throw roomProblem('room.passkey-needed');

  const nonce = newNonce();
  const text = signedPageText({ origin: room.party.origin, nonce, signer: actor.person, statements });
  const options = await passkeyAssertionOptions(room.party, challengeBytes(await signedPageChallenge(text)), known);
  const kept = { nonce, purpose: 'statement', person: actor.person, about: null, page: text } as const;
  const { expiresAt } = await keepChallenge(room.strict.rows, kept);
  return { nonce, statements, text, options: { ...options }, expires_at: expiresAt.toISOString() };
}

/** Takes a page that a passkey signed. What now counts, counts from here on; what no longer stands is ended with it. */
export async function takeSignature(
  room: Room,
  actor: Actor,
  given: { readonly nonce: string; readonly assertion: object },
): Promise<void> {
  const { page: text = null } = await takeNonce(room, given.nonce, actor.person, ['statement']);
  if (text === null) throw new AccessError('access.challenge-unknown');
  const challenge = await signedPageChallenge(text);
  const { credentialId } = await requireAssertion(room, actor.person, challenge, given.assertion);
  const { statements } = SignedPage.parse(JSON.parse(text));
  await room.strict.transaction(async (rows) => {
    await statementsToSign(
      rows,
      statements.map(({ id }) => id),
    );
    const row = {
      signer: actor.person,
      credential: credentialId,
      text,
      assertion: given.assertion,
      nonce: given.nonce,
    };
    await insertSignature(rows, row);
    const trust = await room.trust.within(rows);
    const genuine = statements.filter(({ id }) => trust.signersOf(id).includes(actor.person));
    // A passkey that nobody vouched for signs nothing: say so, and keep no row of it.
    if (genuine.length < statements.length) throw new AccessError('access.passkey-unsigned');
    for (const statement of statements) {
      const signed = { signer: actor.person, credential: credentialId, page: hashOf(text) };
      const counts = trust.counts(statement.id);
      await appendLeaf(rows, 'strict-api', { act: 'statement.signed', ...leafFacts(statement), ...signed, counts });
    }
    await reevaluateGrants(rows, trust, actor.person);
  });
}

async function statementsToSign(rows: StrictRows, ids: readonly string[]): Promise<Statement[]> {
  const live = await listStatements(rows);
  return [...new Set(ids)].map((id) => {
    const text = live.find((it) => it.id === id)?.text;
    const statement = text === undefined ? null : parseStatement(text);
    if (statement === null) throw new AccessError('access.statement-unknown');
    return statement;
  });
}

function requireMaySign(trust: Trust, actor: Actor, statement: Statement): void {
  if (maySign(trust, actor, statement)) return;
  const isOwn = 'person' in statement && statement.person === actor.person;
  if (isOwn) throw new AccessError('access.statement-own');
  decide({ ...actor, roles: [] }, 'statement.sign', { project: '*' });
}
