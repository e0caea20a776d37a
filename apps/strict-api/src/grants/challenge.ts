import {
  AccessError,
  type Actor,
  type Decision,
  type GrantTerms,
  type Narrowing,
  REVIEW_DECISIONS,
  type Trust,
  approvalChallenge,
  approvalStatement,
  approvalText,
  bindingPolicies,
  decide,
  instantText,
  narrow,
  requirePath,
  reviewAfter,
  stateAfter,
} from '@crashkeep/access';
import { type Passkey, passkeyAssertionOptions, passkeysOf } from '@crashkeep/identity';
import {
  type GrantRow,
  approvalsOfGrant,
  findDumpFacts,
  hasOverdueReview,
  keepChallenge,
} from '@crashkeep/strict-store';
import type { z } from 'zod';
import { findRegionMap } from '../dumps/region-map.js';
import { roomProblem } from '../http/room-error.js';
import { challengeBytes, newNonce } from '../passkeys/ceremonies.js';
import type { Room } from '../room.js';
import type { ChallengeAnswer } from '../wire/grants.js';
import { screeningOf } from './screening.js';

const MINUTE_MS = 60_000;

export interface DecisionWanted {
  readonly decision: Decision;
  /** As the approver saw it. */
  readonly version: number;
  readonly narrow?: Narrowing | undefined;
}

export const isReview = (decision: Decision): decision is (typeof REVIEW_DECISIONS)[number] =>
  REVIEW_DECISIONS.some((it) => it === decision);

export const isOwnOpening = (decision: Decision): decision is 'automatic' | 'break-glass' =>
  decision === 'automatic' || decision === 'break-glass';

/** What a person is asked to sign: a statement in words, its text, and what the passkey needs. Kept for five minutes, once. */
export async function offerDecision(
  room: Room,
  actor: Actor,
  grant: GrantRow,
  wanted: DecisionWanted,
): Promise<z.input<typeof ChallengeAnswer>> {
  const trust = await room.trust.now(room.strict.rows);
  await requireMayDecide(room, trust, actor, grant, wanted.decision);
  if (wanted.version !== grant.version) throw new AccessError('access.stale-version');
  await requireUndecided(room, actor, grant);
  const known = await usablePasskeys(room, trust, actor, grant, wanted.decision);

  const nonce = newNonce();
  const signed = await termsToSign(room, grant, wanted);
  const screened = await screeningOf(room, signed);
  if (wanted.decision === 'automatic' && screened !== 'clean') throw new AccessError('access.not-automatic');
  const { decision } = wanted;
  const notAfter = endOf(trust, grant, signed);
  const statement = approvalStatement(signed, { decision, origin: room.party.origin, nonce, notAfter, screened });
  const text = approvalText(statement);
  const options = await passkeyAssertionOptions(room.party, challengeBytes(await approvalChallenge(statement)), known);
  const about = { grant: grant.id, version: grant.version, statement: text };
  const kept = { nonce, purpose: decision, person: actor.person, about };
  const { expiresAt } = await keepChallenge(room.strict.rows, kept);
  return { nonce, statement, text, options: { ...options }, expires_at: expiresAt.toISOString() };
}

/** Role, state, and that no review is overdue: until somebody has looked, nobody there approves anything more. */
async function requireMayDecide(
  room: Room,
  trust: Trust,
  actor: Actor,
  grant: GrantRow,
  decision: Decision,
): Promise<void> {
  if (isReview(decision)) {
    decide(actor, 'grant.review', grant);
    reviewAfter(grant.review, decision, 0, 1);
    return;
  }
  if (isOwnOpening(decision)) {
    decide(actor, 'grant.open-self', grant);
    if (grant.path !== decision) throw new AccessError('access.wrong-state');
    requirePath(trust, { ...grant, scope: grant.scope.kind });
    stateAfter(grant.state, 'approve');
    return;
  }
  decide(actor, 'grant.decide', grant);
  stateAfter(grant.state, decision);
  if (decision !== 'approve') return;
  if (grant.path !== 'asked') throw new AccessError('access.wrong-state');
  if (await hasOverdueReview(room.strict.rows, grant.project, { except: actor.person })) {
    throw new AccessError('access.review-overdue');
  }
}

/** A narrowing is a version of its own: what was asked stays as it was asked. */
async function termsToSign(room: Room, grant: GrantRow, { decision, narrow: less }: DecisionWanted): Promise<GrantRow> {
  if (less === undefined) return grant;
  if (decision !== 'approve') throw new AccessError('access.not-narrower');
  const terms: GrantTerms = narrow(grant, less, await mapOf(room, grant));
  return { ...grant, ...terms, version: grant.version + 1 };
}

async function mapOf({ strict }: Room, grant: GrantRow): Promise<Parameters<typeof narrow>[2]> {
  const dump = await findDumpFacts(strict.rows, grant.dump);
  const map = dump === null ? null : await findRegionMap(strict.rows, dump);
  if (map === null) throw roomProblem('room.dump-not-walked');
  return map;
}

async function requireUndecided({ strict }: Room, { person }: Actor, grant: GrantRow): Promise<void> {
  const approvals = await approvalsOfGrant(strict.rows, grant.id);
  const mine = approvals.find(({ approver, version }) => approver === person && version === grant.version);
  if (mine !== undefined) throw new AccessError('access.already-decided');
}

/** Those that count for this there; a passkey that nobody signed for would sign in vain. */
async function usablePasskeys(
  { identity }: Room,
  trust: Trust,
  { person }: Actor,
  { project }: GrantRow,
  decision: Decision,
): Promise<Passkey[]> {
  const known = await passkeysOf(identity.rows, person);
  if (known.length === 0) throw roomProblem('room.passkey-needed');
  const counting = known.filter(({ credentialId }) => {
    const key = isOwnOpening(decision)
      ? trust.ownKey(person, credentialId, project)
      : trust.approvalKey(person, credentialId, project);
    return key !== null;
  });
  if (counting.length === 0) throw roomProblem('room.passkey-unsigned');
  return counting;
}

/** Time to open it, and then its minutes: after that the signature is worth nothing, whatever the rows say. */
function endOf(trust: Trust, grant: GrantRow, { minutes }: GrantTerms): string {
  const activateMinutes = Math.min(...bindingPolicies(trust, grant).map((policy) => policy.activateMinutes));
  return instantText(new Date(Date.now() + (activateMinutes + minutes) * MINUTE_MS));
}
