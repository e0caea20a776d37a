import {
  AccessError,
  type Actor,
  type GrantTerms,
  type Narrowing,
  approvalChallenge,
  approvalStatement,
  approvalText,
  bindingPolicies,
  decide,
  instantText,
  narrow,
  stateAfter,
  type Trust,
} from '@crashkeep/access';
import { type Passkey, passkeyAssertionOptions, passkeysOf } from '@crashkeep/identity';
import { type GrantRow, approvalsOfGrant, findDumpFacts, keepChallenge } from '@crashkeep/strict-store';
import type { z } from 'zod';
import { findRegionMap } from '../dumps/region-map.js';
import { roomProblem } from '../http/room-error.js';
import { challengeBytes, newNonce } from '../passkeys/ceremonies.js';
import type { Room } from '../room.js';
import type { ChallengeAnswer } from '../wire/grants.js';

const MINUTE_MS = 60_000;

export interface DecisionWanted {
  readonly decision: 'approve' | 'deny';
  /** As the approver saw it. */
  readonly version: number;
  readonly narrow?: Narrowing | undefined;
}

/** What an approver is asked to sign: a statement in words, its text, and what the passkey needs. Kept for five minutes, once. */
export async function offerDecision(
  room: Room,
  actor: Actor,
  grant: GrantRow,
  wanted: DecisionWanted,
): Promise<z.input<typeof ChallengeAnswer>> {
  decide(actor, 'grant.decide', grant);
  stateAfter(grant.state, wanted.decision);
  if (wanted.version !== grant.version) throw new AccessError('access.stale-version');
  await requireUndecided(room, actor, grant);
  const trust = await room.trust.now(room.strict.rows);
  const known = await approvalPasskeys(room, trust, actor, grant);

  const nonce = newNonce();
  const signed = await termsToSign(room, grant, wanted);
  const signing = {
    decision: wanted.decision,
    origin: room.party.origin,
    nonce,
    notAfter: endOf(trust, grant, signed),
  };
  const statement = approvalStatement(signed, signing);
  const text = approvalText(statement);
  const options = await passkeyAssertionOptions(room.party, challengeBytes(await approvalChallenge(statement)), known);
  const about = { grant: grant.id, version: grant.version, statement: text };
  const kept = { nonce, purpose: wanted.decision, person: actor.person, about };
  const { expiresAt } = await keepChallenge(room.strict.rows, kept);
  return { nonce, statement, text, options: { ...options }, expires_at: expiresAt.toISOString() };
}

/** A narrowing is a version of its own: what was asked stays as it was asked. */
async function termsToSign(room: Room, grant: GrantRow, { decision, narrow: less }: DecisionWanted): Promise<GrantRow> {
  if (less === undefined) return grant;
  if (decision === 'deny') throw new AccessError('access.not-narrower');
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

/** Those that count for decisions there; a passkey that nobody signed for would sign in vain. */
async function approvalPasskeys(
  { identity }: Room,
  trust: Trust,
  { person }: Actor,
  { project }: GrantRow,
): Promise<Passkey[]> {
  const known = await passkeysOf(identity.rows, person);
  if (known.length === 0) throw roomProblem('room.passkey-needed');
  const counting = known.filter(({ credentialId }) => trust.approvalKey(person, credentialId, project) !== null);
  if (counting.length === 0) throw roomProblem('room.passkey-unsigned');
  return counting;
}

/** Time to open it, and then its minutes: after that the signature is worth nothing, whatever the rows say. */
function endOf(trust: Trust, grant: GrantRow, { minutes }: GrantTerms): string {
  const activateMinutes = Math.min(...bindingPolicies(trust, grant).map((policy) => policy.activateMinutes));
  return instantText(new Date(Date.now() + (activateMinutes + minutes) * MINUTE_MS));
}
