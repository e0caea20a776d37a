import { randomUUID } from 'node:crypto';
import {
  type Decision as DecisionKind,
  type GrantTerms,
  type Permit,
  REVIEW_HOURS,
  type ReviewDecision,
  reviewAfter,
  stateAfter,
} from '@crashkeep/access';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { GrantRow } from './grant-row.js';
import { insertRanges } from './request-grant.js';

/** A decision whose assertion was verified. */
export interface Decision {
  readonly decision: DecisionKind;
  /** What the approver took away; null leaves the terms as they were asked. */
  readonly narrowed: GrantTerms | null;
  readonly note: string | null;
  /** The canonical text that was signed. */
  readonly statement: string;
  readonly credentialId: string;
  readonly assertion: object;
  readonly nonce: string;
}

/**
 * Writes an approval or denial on a grant that this transaction has locked. A narrowing is a new version, which voids what
 * others approved before. `needed`: approvals of one version by different persons that open the grant. Throws `access.wrong-state`.
 */
export async function recordDecision(
  tx: SqlTransaction,
  permit: Permit<'grant.decide'>,
  grant: GrantRow,
  decision: Decision & { readonly decision: 'approve' | 'deny' },
  needed: number,
): Promise<void> {
  const ends = stateAfter(grant.state, decision.decision);
  const version = decision.narrowed === null ? grant.version : grant.version + 1;
  if (decision.narrowed !== null) await narrowGrant(tx, grant, version, decision.narrowed);
  await insertDecision(tx, permit, grant, version, decision);
  if (decision.decision === 'approve' && (await countOf(tx, grant, version, 'approve')) < needed) return;
  await tx.$executeRaw`UPDATE strict.access_grant SET state = ${ends}, decided_at = clock_timestamp(),
      ended_at = CASE WHEN ${ends} = 'denied' THEN clock_timestamp() END,
      ended_by = CASE WHEN ${ends} = 'denied' THEN ${permit.person}::uuid END
    WHERE id = ${grant.id}::uuid`;
}

/** Who asked opens it by the policy and their own passkey. Behind broken glass a review is due from then on. */
export async function recordOwnOpening(
  tx: SqlTransaction,
  permit: Permit<'grant.open-self'>,
  grant: GrantRow,
  decision: Decision,
): Promise<void> {
  const opened = stateAfter(grant.state, 'approve');
  await insertDecision(tx, permit, grant, grant.version, decision);
  const isGlass = decision.decision === 'break-glass';
  await tx.$executeRaw`UPDATE strict.access_grant SET state = ${opened}, decided_at = clock_timestamp(),
      review = CASE WHEN ${isGlass} THEN 'due' END,
      review_due = CASE WHEN ${isGlass} THEN clock_timestamp() + make_interval(hours => ${REVIEW_HOURS}::int) END
    WHERE id = ${grant.id}::uuid`;
}

/** Another person's word on what was read behind broken glass. `needed`: persons who must ratify it. */
export async function recordReview(
  tx: SqlTransaction,
  permit: Permit<'grant.review'>,
  grant: GrantRow,
  decision: Decision & { readonly decision: ReviewDecision },
  needed: number,
): Promise<void> {
  await insertDecision(tx, permit, grant, grant.version, decision);
  const ratified = await countOf(tx, grant, grant.version, 'ratify');
  const review = reviewAfter(grant.review, decision.decision, ratified, needed);
  await tx.$executeRaw`UPDATE strict.access_grant SET review = ${review} WHERE id = ${grant.id}::uuid`;
}

/** Whether reviews are overdue: of what this person read, or (null) of what anybody else than `except` did in the project. */
export async function hasOverdueReview(
  tx: SqlTransaction,
  project: string,
  who: { readonly requester: string } | { readonly except: string },
): Promise<boolean> {
  const [requester, except] = 'requester' in who ? [who.requester, null] : [null, who.except];
  const rows = await tx.$queryRaw<unknown[]>`SELECT FROM strict.access_grant
    WHERE project = ${project} AND review = 'due' AND review_due < clock_timestamp()
      AND (${requester}::uuid IS NULL OR requester = ${requester}::uuid)
      AND (${except}::uuid IS NULL OR requester <> ${except}::uuid) LIMIT 1`;
  return rows.length > 0;
}

async function insertDecision(
  tx: SqlTransaction,
  permit: Permit<'grant.decide' | 'grant.open-self' | 'grant.review'>,
  grant: GrantRow,
  version: number,
  decision: Decision,
): Promise<void> {
  await tx.$executeRaw`INSERT INTO strict.access_approval (id, grant_id, grant_version, approver, decision, reason, statement,
      credential_id, assertion, nonce, decided_at)
    VALUES (${randomUUID()}::uuid, ${grant.id}::uuid, ${version}::int, ${permit.person}::uuid, ${decision.decision},
      ${decision.note}, ${decision.statement}, ${decision.credentialId}, ${JSON.stringify(decision.assertion)}::jsonb,
      ${decision.nonce}, clock_timestamp())`;
}

async function narrowGrant(tx: SqlTransaction, grant: GrantRow, version: number, terms: GrantTerms): Promise<void> {
  await tx.$executeRaw`UPDATE strict.access_grant SET version = ${version}::int, scope = ${terms.scope.kind},
      scope_detail = ${JSON.stringify(terms.scope)}::jsonb, minutes = ${terms.minutes}::int,
      budget_bytes = ${terms.bytes}::bigint WHERE id = ${grant.id}::uuid`;
  await insertRanges(tx, grant.id, version, terms);
}

async function countOf(
  tx: SqlTransaction,
  grant: GrantRow,
  version: number,
  decision: 'approve' | 'ratify',
): Promise<number> {
  const [row] = await tx.$queryRaw<{ persons: number }[]>`SELECT count(DISTINCT approver)::int AS persons
    FROM strict.access_approval WHERE grant_id = ${grant.id}::uuid AND grant_version = ${version}::int
      AND decision = ${decision} AND approver <> ${grant.requester}::uuid`;
  return row?.persons ?? 0;
}
