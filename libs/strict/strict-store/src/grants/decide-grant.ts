import { randomUUID } from 'node:crypto';
import { type GrantTerms, type Permit, stateAfter } from '@crashkeep/access';
import type { SqlTransaction } from '@crashkeep/ledger';
import type { GrantRow } from './grant-row.js';
import { insertRanges } from './request-grant.js';

/** A decision whose assertion was verified. */
export interface Decision {
  readonly decision: 'approve' | 'deny';
  /** What the approver took away; null leaves the terms as they were asked. */
  readonly narrowed: GrantTerms | null;
  readonly note: string | null;
  /** The canonical text that was signed. */
  readonly statement: string;
  readonly credentialId: string;
  readonly assertion: object;
  readonly nonce: string;
  /** Approvals of one version by different persons that open the grant. */
  readonly approvalsNeeded: number;
}

/**
 * Writes a decision on a grant that this transaction has locked. A narrowing is a new version, which voids what others
 * approved before. Throws `access.wrong-state`.
 */
export async function recordDecision(
  tx: SqlTransaction,
  permit: Permit<'grant.decide'>,
  grant: GrantRow,
  decision: Decision,
): Promise<void> {
  const ends = stateAfter(grant.state, decision.decision);
  const version = decision.narrowed === null ? grant.version : grant.version + 1;
  if (decision.narrowed !== null) await narrowGrant(tx, grant, version, decision.narrowed);
  await tx.$executeRaw`INSERT INTO strict.access_approval (id, grant_id, grant_version, approver, decision, reason, statement,
      credential_id, assertion, nonce, decided_at)
    VALUES (${randomUUID()}::uuid, ${grant.id}::uuid, ${version}::int, ${permit.person}::uuid, ${decision.decision},
      ${decision.note}, ${decision.statement}, ${decision.credentialId}, ${JSON.stringify(decision.assertion)}::jsonb,
      ${decision.nonce}, clock_timestamp())`;
  if (decision.decision === 'approve' && (await approvalsOf(tx, grant, version)) < decision.approvalsNeeded) return;
  await tx.$executeRaw`UPDATE strict.access_grant SET state = ${ends}, decided_at = clock_timestamp(),
      ended_at = CASE WHEN ${ends} = 'denied' THEN clock_timestamp() END,
      ended_by = CASE WHEN ${ends} = 'denied' THEN ${permit.person}::uuid END
    WHERE id = ${grant.id}::uuid`;
}

async function narrowGrant(tx: SqlTransaction, grant: GrantRow, version: number, terms: GrantTerms): Promise<void> {
  await tx.$executeRaw`UPDATE strict.access_grant SET version = ${version}::int, scope = ${terms.scope.kind},
      scope_detail = ${JSON.stringify(terms.scope)}::jsonb, minutes = ${terms.minutes}::int,
      budget_bytes = ${terms.bytes}::bigint WHERE id = ${grant.id}::uuid`;
  await insertRanges(tx, grant.id, version, terms);
}

async function approvalsOf(tx: SqlTransaction, grant: GrantRow, version: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ persons: number }[]>`SELECT count(DISTINCT approver)::int AS persons
    FROM strict.access_approval WHERE grant_id = ${grant.id}::uuid AND grant_version = ${version}::int
      AND decision = 'approve' AND approver <> ${grant.requester}::uuid`;
  return row?.persons ?? 0;
}
