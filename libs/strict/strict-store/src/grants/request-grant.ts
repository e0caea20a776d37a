import {
  type AccessPolicy,
  AccessError,
  type GrantPath,
  type GrantTerms,
  type Permit,
  statesBefore,
} from '@crashkeep/access';
import type { DumpId, GrantId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';

/** What a person asks for, checked and resolved. */
export interface GrantRequest {
  readonly terms: GrantTerms;
  readonly reason: string;
  readonly ticket: string;
  readonly policy: AccessPolicy;
  /** What shall open it. */
  readonly path: GrantPath;
  /** Thumbprint of the requester's device key. */
  readonly device: string;
}

export async function insertGrant(
  tx: SqlTransaction,
  permit: Permit<'grant.request'>,
  grant: { readonly id: GrantId; readonly dump: DumpId; readonly project: ProjectId } & GrantRequest,
): Promise<void> {
  const { terms, policy } = grant;
  await tx.$executeRaw`INSERT INTO strict.access_grant (id, dump_id, project, state, version, requester, scope, scope_detail,
      reason, ticket, minutes, budget_bytes, policy, path, device, created_at)
    VALUES (${grant.id}::uuid, ${grant.dump}::uuid, ${grant.project}, 'requested', 1, ${permit.person}::uuid,
      ${terms.scope.kind}, ${JSON.stringify(terms.scope)}::jsonb, ${grant.reason}, ${grant.ticket}, ${terms.minutes}::int,
      ${terms.bytes}::bigint, ${policy.name}, ${grant.path}, ${grant.device}, clock_timestamp())`;
  await insertRanges(tx, grant.id, 1, terms);
}

/** Voids approvals: they speak of an older version. Throws `access.stale-version` or `access.wrong-state`. Returns the new version. */
export async function editGrant(
  tx: SqlTransaction,
  permit: Permit<'grant.edit'>,
  grant: { readonly id: GrantId; readonly version: number } & GrantRequest,
): Promise<number> {
  const { terms, policy } = grant;
  const version = grant.version + 1;
  const changed = await tx.$executeRaw`UPDATE strict.access_grant SET state = 'requested', version = ${version}::int,
      scope = ${terms.scope.kind}, scope_detail = ${JSON.stringify(terms.scope)}::jsonb, reason = ${grant.reason},
      ticket = ${grant.ticket}, minutes = ${terms.minutes}::int, budget_bytes = ${terms.bytes}::bigint,
      policy = ${policy.name}, path = ${grant.path}, device = ${grant.device}, decided_at = NULL
    WHERE id = ${grant.id}::uuid AND requester = ${permit.person}::uuid AND version = ${grant.version}::int
      AND state = ANY(${statesBefore('edit')}::text[])`;
  if (changed !== 1) throw new AccessError(await whyNotChanged(tx, grant.id, grant.version));
  await insertRanges(tx, grant.id, version, terms);
  return version;
}

/** Rows are only added: those of older versions stay, as what was asked then. */
export async function insertRanges(
  tx: SqlTransaction,
  grant: GrantId,
  version: number,
  terms: GrantTerms,
): Promise<void> {
  const ranges = terms.ranges.map((range, ordinal) => ({ ...range, ordinal }));
  await tx.$executeRaw`INSERT INTO strict.access_grant_range (grant_id, version, ordinal, "offset", length, address, part)
    SELECT ${grant}::uuid, ${version}::int, r.ordinal, r."offset", r.length, r.address, r.part
    FROM jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb)
      AS r(ordinal int, "offset" bigint, length bigint, address text, part uuid)`;
}

async function whyNotChanged(
  tx: SqlTransaction,
  id: GrantId,
  version: number,
): Promise<'access.stale-version' | 'access.wrong-state'> {
  const [row] = await tx.$queryRaw<
    { version: number }[]
  >`SELECT version FROM strict.access_grant WHERE id = ${id}::uuid`;
  return row?.version === version ? 'access.wrong-state' : 'access.stale-version';
}
