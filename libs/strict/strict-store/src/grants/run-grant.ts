import { AccessError, type GrantAct, type Permit, stateAfter, statesBefore } from '@crashkeep/access';
import { type GrantId, GrantIdText, type PersonId, type ProjectId, ProjectIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';

/**
 * Opens an approved grant: the clock starts, by the database. Never past the signed end. Throws `access.wrong-state`, also
 * where too little time is left for what was approved: that approval has lapsed.
 */
export async function activateGrant(
  tx: SqlTransaction,
  permit: Permit<'grant.activate'>,
  id: GrantId,
  notAfter: Date,
): Promise<{ readonly version: number; readonly expiresAt: Date }> {
  const [row] = await tx.$queryRaw<{ version: number; expires_at: Date }[]>`UPDATE strict.access_grant
    SET state = 'active', activated_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(mins => minutes)
    WHERE id = ${id}::uuid AND requester = ${permit.person}::uuid AND state = ANY(${statesBefore('activate')}::text[])
      AND clock_timestamp() + make_interval(mins => minutes) <= ${notAfter}::timestamptz
    RETURNING version, expires_at`;
  if (row === undefined) throw new AccessError('access.wrong-state');
  return { version: row.version, expiresAt: row.expires_at };
}

/** Who ends a grant: a person with the right to, or the clock. */
export type Ender = Permit<'grant.withdraw' | 'grant.close' | 'grant.revoke'>;

/** One statement on the grant's own row, so that a read that waits for it sees it. Throws `access.wrong-state`. */
export async function endGrant(
  tx: SqlTransaction,
  act: Extract<GrantAct, 'withdraw' | 'close' | 'revoke'>,
  id: GrantId,
  ender: Ender,
): Promise<{ readonly version: number }> {
  const from = statesBefore(act);
  const [row] = await tx.$queryRaw<{ version: number }[]>`UPDATE strict.access_grant
    SET state = ${endStateOf(act)}, ended_at = clock_timestamp(), ended_by = ${ender.person}::uuid
    WHERE id = ${id}::uuid AND state = ANY(${from}::text[]) RETURNING version`;
  if (row === undefined) throw new AccessError('access.wrong-state');
  return row;
}

export interface EndedGrant {
  readonly id: GrantId;
  readonly version: number;
}

/**
 * Revokes what rests on a right that is taken away, in the transaction that takes it: the role of an approver in a project
 * (`*`: in all), or a passkey that approved. DESIGN.md 7.
 */
export async function revokeGrantsApprovedBy(
  tx: SqlTransaction,
  lost: { readonly approver: PersonId; readonly project?: string; readonly credentialId?: string },
  by: PersonId,
): Promise<EndedGrant[]> {
  const rows = await tx.$queryRaw<unknown[]>`UPDATE strict.access_grant g
    SET state = 'revoked', ended_at = clock_timestamp(), ended_by = ${by}::uuid
    WHERE g.state = ANY(${statesBefore('revoke')}::text[])
      AND (${lost.project ?? '*'}::text = '*' OR g.project = ${lost.project ?? '*'}::text)
      AND EXISTS (SELECT FROM strict.access_approval a WHERE a.grant_id = g.id AND a.grant_version = g.version
        AND a.approver = ${lost.approver}::uuid
        AND (${lost.credentialId ?? null}::text IS NULL OR a.credential_id = ${lost.credentialId ?? null}::text))
    RETURNING g.id, g.version`;
  return rows.map(endedFrom);
}

/** The same for who asked: they may no longer, in this project (`*`: in any). */
export async function revokeGrantsOf(
  tx: SqlTransaction,
  lost: { readonly requester: PersonId; readonly project: string },
  by: PersonId,
): Promise<EndedGrant[]> {
  const rows = await tx.$queryRaw<unknown[]>`UPDATE strict.access_grant
    SET state = 'revoked', ended_at = clock_timestamp(), ended_by = ${by}::uuid
    WHERE state = ANY(${statesBefore('revoke')}::text[]) AND requester = ${lost.requester}::uuid
      AND (${lost.project} = '*' OR project = ${lost.project}) RETURNING id, version`;
  return rows.map(endedFrom);
}

/** What the clock ended. Reads do not wait for it: they judge the time themselves. */
export async function expireGrants(tx: SqlTransaction): Promise<EndedGrant[]> {
  const rows = await tx.$queryRaw<unknown[]>`UPDATE strict.access_grant
    SET state = ${endStateOf('expire')}, ended_at = clock_timestamp()
    WHERE state = ANY(${statesBefore('expire')}::text[]) AND expires_at <= clock_timestamp() RETURNING id, version`;
  return rows.map(endedFrom);
}

/** The policies under which something waits. */
export async function findWaitingPolicies(
  tx: SqlTransaction,
): Promise<{ readonly policy: string; readonly project: ProjectId }[]> {
  const rows = await tx.$queryRaw<{ policy: string; project: string }[]>`SELECT DISTINCT policy, project
    FROM strict.access_grant WHERE state IN ('requested', 'approved')`;
  return rows.map(({ policy, project }) => ({ policy, project: ProjectIdText.parse(project) }));
}

interface WaitingTimes {
  readonly name: string;
  readonly project: ProjectId;
  readonly decideMinutes: number;
  readonly activateMinutes: number;
}

/** Requests that nobody decided and approvals that nobody opened in their policy's time. */
export async function lapseGrants(tx: SqlTransaction, policy: WaitingTimes): Promise<EndedGrant[]> {
  const rows = await tx.$queryRaw<unknown[]>`UPDATE strict.access_grant
    SET state = 'lapsed', ended_at = clock_timestamp()
    WHERE policy = ${policy.name} AND project = ${policy.project} AND (
      (state = 'requested' AND created_at + make_interval(mins => ${policy.decideMinutes}::int) <= clock_timestamp())
      OR (state = 'approved' AND decided_at + make_interval(mins => ${policy.activateMinutes}::int) <= clock_timestamp()))
    RETURNING id, version`;
  return rows.map(endedFrom);
}

const EndedColumns = z.object({ id: GrantIdText, version: z.int() });
export const endedFrom = (row: unknown): EndedGrant => EndedColumns.parse(row);

/** An end has one name wherever it happens. */
function endStateOf(act: GrantAct): string {
  const [from] = statesBefore(act);
  if (from === undefined) throw new AccessError('access.wrong-state');
  return stateAfter(from, act);
}
