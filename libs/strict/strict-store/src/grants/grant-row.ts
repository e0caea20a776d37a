import {
  GRANT_PATHS,
  GRANT_REVIEWS,
  type GrantReview,
  GRANT_STATES,
  type GrantPath,
  GrantRange,
  type GrantState,
  type GrantTerms,
  Scope,
} from '@crashkeep/access';
import {
  type DumpId,
  DumpIdText,
  type GrantId,
  GrantIdText,
  type PersonId,
  PersonIdText,
  type ProjectId,
  ProjectIdText,
} from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';

/** A request and what became of it: the row, with the ranges of its present version. */
export interface GrantRow extends GrantTerms {
  readonly id: GrantId;
  readonly project: ProjectId;
  readonly dump: DumpId;
  readonly state: GrantState;
  readonly version: number;
  readonly requester: PersonId;
  readonly reason: string;
  readonly ticket: string;
  readonly usedBytes: number;
  readonly device: string | null;
  readonly policy: string;
  readonly path: GrantPath;
  /** Of a broken glass; null where nobody needs to look. */
  readonly review: GrantReview | null;
  readonly reviewDue: Date | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly activatedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: PersonId | null;
}

const count = z.bigint().transform(Number);
const instant = z.date().nullable();

const GrantColumns = z.object({
  id: GrantIdText,
  project: ProjectIdText,
  dump_id: DumpIdText,
  state: z.enum(GRANT_STATES),
  version: z.int(),
  requester: PersonIdText,
  scope_detail: Scope,
  reason: z.string(),
  ticket: z.string(),
  minutes: z.int(),
  budget_bytes: count,
  used_bytes: count,
  device: z.string().nullable(),
  policy: z.string(),
  path: z.enum(GRANT_PATHS),
  review: z.enum(GRANT_REVIEWS).nullable(),
  review_due: instant,
  created_at: z.date(),
  decided_at: instant,
  activated_at: instant,
  expires_at: instant,
  ended_at: instant,
  ended_by: PersonIdText.nullable(),
  ranges: z.array(GrantRange),
});

/** What a row says, parsed as at every boundary: the database is not trusted with what a grant means. */
export function grantFrom(row: unknown): GrantRow {
  const columns = GrantColumns.parse(row);
  return {
    ...{ id: columns.id, project: columns.project, dump: columns.dump_id, requester: columns.requester },
    ...{ state: columns.state, version: columns.version, device: columns.device, policy: columns.policy },
    ...{ scope: columns.scope_detail, ranges: columns.ranges, minutes: columns.minutes, bytes: columns.budget_bytes },
    ...{ path: columns.path, review: columns.review, reviewDue: columns.review_due },
    ...{ reason: columns.reason, ticket: columns.ticket, usedBytes: columns.used_bytes },
    ...{ createdAt: columns.created_at, decidedAt: columns.decided_at, activatedAt: columns.activated_at },
    ...{ expiresAt: columns.expires_at, endedAt: columns.ended_at, endedBy: columns.ended_by },
  };
}

export async function findGrant(tx: SqlTransaction, id: GrantId): Promise<GrantRow | null> {
  const [row] = await tx.$queryRaw<unknown[]>`SELECT g.*, (
      SELECT coalesce(json_agg(json_build_object('address', r.address, 'part', r.part, 'offset', r."offset", 'length', r.length)
        ORDER BY r.ordinal), '[]') FROM strict.access_grant_range r WHERE r.grant_id = g.id AND r.version = g.version
    ) AS ranges FROM strict.access_grant g WHERE g.id = ${id}::uuid`;
  return row === undefined ? null : grantFrom(row);
}

/** The same, held until the transaction ends: what is decided on it is decided on this state. */
export async function lockGrant(tx: SqlTransaction, id: GrantId): Promise<GrantRow | null> {
  await tx.$queryRaw`SELECT FROM strict.access_grant WHERE id = ${id}::uuid FOR UPDATE`;
  return findGrant(tx, id);
}
