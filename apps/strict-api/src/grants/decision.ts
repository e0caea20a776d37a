import {
  AccessError,
  type Actor,
  type ApprovalStatement,
  type GrantTerms,
  approvalChallenge,
  approvalStatement,
  approvalText,
  approvalsNeeded,
  decide,
  noteText,
} from '@crashkeep/access';
import type { GrantId, PersonId } from '@crashkeep/ids';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';
import { type GrantRow, type RoomChallenge, lockGrant, recordDecision } from '@crashkeep/strict-store';
import { requireAssertion, takeNonce } from '../passkeys/ceremonies.js';
import type { Room } from '../room.js';
import { statementFrom } from './signed-end.js';

export interface GivenDecision {
  readonly nonce: string;
  readonly note?: string | undefined;
  readonly assertion: object;
}

/** Takes a decision that a passkey signed. What is refused is a leaf as well. */
export async function takeDecision(room: Room, actor: Actor, id: GrantId, given: GivenDecision): Promise<void> {
  try {
    await decideNow(room, actor, id, given);
  } catch (error) {
    if (error instanceof AccessError) {
      const { person } = actor;
      await appendLeaf(room.strict.rows, 'strict-api', {
        act: 'decision.refused',
        grant: id,
        person,
        code: error.code,
      });
    }
    throw error;
  }
}

async function decideNow(room: Room, actor: Actor, id: GrantId, given: GivenDecision): Promise<void> {
  const note = given.note === undefined ? '' : noteText(given.note);
  const challenge = await takeNonce(room, given.nonce, actor.person, ['approve', 'deny']);
  const { statement, challengeOf } = await signedBy(challenge, id);
  const { credentialId } = await requireAssertion(room, actor.person, challengeOf, given.assertion);
  await room.strict.transaction(async (rows) => {
    const grant = await lockGrant(rows, id);
    if (grant === null) throw new AccessError('access.grant-unknown');
    const permit = decide(actor, 'grant.decide', grant);
    const narrowed = termsSigned(grant, challenge, statement);
    await recordDecision(rows, permit, grant, {
      ...{ decision: statement.decision, narrowed, note: note === '' ? null : note },
      ...{ statement: approvalText(statement), credentialId, assertion: given.assertion, nonce: given.nonce },
      approvalsNeeded: approvalsNeeded(await room.trust.within(rows), { ...grant, scope: statement.grant.scope.kind }),
    });
    const signed = { hash: Buffer.from(challengeOf).toString('hex'), credentialId, note: note === '' ? null : note };
    await appendDecision(rows, statement, permit.person, narrowed, signed);
  });
}

async function signedBy(
  { about }: RoomChallenge,
  id: GrantId,
): Promise<{ readonly statement: ApprovalStatement; readonly challengeOf: Uint8Array }> {
  if (about?.grant !== id) throw new AccessError('access.challenge-unknown');
  const statement = statementFrom(about.statement);
  return { statement, challengeOf: await approvalChallenge(statement) };
}

/**
 * What the signature says of the grant as it stands now, behind the lock: the same, or the next version with less. An edit that
 * came between the page and the passkey makes it `access.stale-version`.
 */
function termsSigned(grant: GrantRow, { about }: RoomChallenge, statement: ApprovalStatement): GrantTerms | null {
  const { version, scope, ranges, minutes, bytes, notAfter } = statement.grant;
  const narrowed = version === grant.version + 1 ? { scope, ranges, minutes, bytes } : null;
  const { decision, origin, nonce } = statement;
  const now = approvalStatement({ ...grant, ...narrowed, version }, { decision, origin, nonce, notAfter });
  if (about?.version !== grant.version || approvalText(now) !== approvalText(statement)) {
    throw new AccessError('access.stale-version');
  }
  return narrowed;
}

async function appendDecision(
  rows: SqlTransaction,
  { decision, grant }: ApprovalStatement,
  approver: PersonId,
  narrowed: GrantTerms | null,
  signed: { readonly hash: string; readonly credentialId: string; readonly note: string | null },
): Promise<void> {
  const about = { grant: grant.id, version: grant.version, approver };
  if (narrowed !== null) {
    const { scope, minutes, bytes } = narrowed;
    await appendLeaf(rows, 'strict-api', { act: 'grant.narrowed', ...about, scope, minutes, bytes });
  }
  const { hash: statement, credentialId: credential, note } = signed;
  const act = decision === 'approve' ? 'grant.approved' : 'grant.denied';
  await appendLeaf(rows, 'strict-api', { act, ...about, credential, statement, note });
}
