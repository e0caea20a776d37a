import {
  AccessError,
  type Actor,
  type ApprovalStatement,
  Decision,
  type GrantTerms,
  approvalChallenge,
  approvalStatement,
  approvalText,
  approvalsNeeded,
  bindingPolicies,
  decide,
  noteText,
  requireStanding,
} from '@crashkeep/access';
import type { GrantId, PersonId } from '@crashkeep/ids';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';
import {
  type GrantRow,
  type Decision as RecordedDecision,
  type RoomChallenge,
  type StrictRows,
  lockGrant,
  lockOpenGrants,
  recordDecision,
  recordOwnOpening,
  recordReview,
} from '@crashkeep/strict-store';
import { requireAssertion, takeNonce } from '../passkeys/ceremonies.js';
import type { Room } from '../room.js';
import { isOwnOpening, isReview } from './challenge.js';
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
  const challenge = await takeNonce(room, given.nonce, actor.person, Decision.options);
  const { statement, challengeOf } = await signedBy(challenge, id);
  const { credentialId } = await requireAssertion(room, actor.person, challengeOf, given.assertion);
  await room.strict.transaction(async (rows) => {
    const grant = await lockGrant(rows, id);
    if (grant === null) throw new AccessError('access.grant-unknown');
    const narrowed = termsSigned(grant, challenge, statement);
    const signed = { narrowed, note: note === '' ? null : note, credentialId, assertion: given.assertion };
    await record(
      room,
      rows,
      actor,
      grant,
      { ...signed, statement: approvalText(statement), nonce: given.nonce },
      statement,
    );
    await requireStandsNow(room, rows, grant);
    const hash = Buffer.from(challengeOf).toString('hex');
    await appendDecision(rows, statement, actor.person, narrowed, { hash, ...signed });
  });
}

/** By its kind: another person's decision, the requester's own opening, or a review. */
async function record(
  room: Room,
  rows: StrictRows,
  actor: Actor,
  grant: GrantRow,
  signed: Omit<RecordedDecision, 'decision'>,
  { decision, grant: { scope } }: ApprovalStatement,
): Promise<void> {
  const trust = await room.trust.within(rows);
  if (isOwnOpening(decision)) {
    await recordOwnOpening(rows, decide(actor, 'grant.open-self', grant), grant, { ...signed, decision });
  } else if (isReview(decision)) {
    const needed = Math.max(...bindingPolicies(trust, grant).map(({ breakGlass }) => breakGlass?.reviews ?? 1));
    await recordReview(rows, decide(actor, 'grant.review', grant), grant, { ...signed, decision }, needed);
  } else {
    const needed = approvalsNeeded(trust, { ...grant, scope: scope.kind });
    await recordDecision(rows, decide(actor, 'grant.decide', grant), grant, { ...signed, decision }, needed);
  }
}

/** What opened by this must stand on what counts now: a role or policy may have gone between the page and the passkey. */
async function requireStandsNow(room: Room, rows: StrictRows, { id, project }: GrantRow): Promise<void> {
  const opened = (await lockOpenGrants(rows, project)).find((grant) => grant.id === id && grant.state === 'approved');
  if (opened !== undefined) requireStanding(await room.trust.within(rows), opened);
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
  const { version, scope, ranges, minutes, bytes, notAfter, screened } = statement.grant;
  const narrowed = version === grant.version + 1 ? { scope, ranges, minutes, bytes } : null;
  const { decision, origin, nonce } = statement;
  const now = approvalStatement({ ...grant, ...narrowed, version }, { decision, origin, nonce, notAfter, screened });
  if (about?.version !== grant.version || approvalText(now) !== approvalText(statement)) {
    throw new AccessError('access.stale-version');
  }
  return narrowed;
}

const ACTS = {
  approve: 'grant.approved',
  deny: 'grant.denied',
  automatic: 'grant.automatic',
  'break-glass': 'grant.glass-broken',
  ratify: 'grant.ratified',
  violation: 'grant.violation',
} as const;

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
  await appendLeaf(rows, 'strict-api', { act: ACTS[decision], ...about, credential, statement, note });
}
