import { GRANT_PATHS, GRANT_STATES, SCOPE_KINDS } from '@crashkeep/access';
import { GrantIdText, PersonIdText, type ProjectId, ProjectIdText, type PersonId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';
import { type EndedGrant, endedFrom } from './run-grant.js';

const OpenGrantColumns = z.object({
  id: GrantIdText,
  version: z.int(),
  project: ProjectIdText,
  state: z.enum(GRANT_STATES),
  requester: PersonIdText,
  scope: z.enum(SCOPE_KINDS),
  minutes: z.int(),
  bytes: z.int(),
  device: z.string().nullable(),
  policy: z.string(),
  path: z.enum(GRANT_PATHS),
  approvals: z.array(z.object({ approver: PersonIdText, credential: z.string() })),
});
/** A grant that gives or may soon give bytes, with what it rests on. */
export type OpenGrant = z.infer<typeof OpenGrantColumns>;

/** Locked until the transaction ends: what is found not to stand is ended on these rows. */
export async function lockOpenGrants(tx: SqlTransaction, project: ProjectId | null): Promise<OpenGrant[]> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT g.id, g.version, g.project, g.state, g.requester, g.scope, g.minutes,
      g.budget_bytes::float8 AS bytes, g.device, g.policy, g.path,
      (SELECT coalesce(json_agg(json_build_object('approver', a.approver, 'credential', a.credential_id)), '[]')
        FROM strict.access_approval a WHERE a.grant_id = g.id AND a.grant_version = g.version
          AND a.decision IN ('approve', 'automatic', 'break-glass')) AS approvals
    FROM strict.access_grant g WHERE g.state IN ('approved', 'active')
      AND (${project}::text IS NULL OR g.project = ${project}::text) ORDER BY g.id FOR UPDATE OF g`;
  return rows.map((row) => OpenGrantColumns.parse(row));
}

/** Each on its own row, so that a read that waits for it sees it. */
export async function revokeGrants(tx: SqlTransaction, ids: readonly string[], by: PersonId): Promise<EndedGrant[]> {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw<
    unknown[]
  >`UPDATE strict.access_grant SET state = 'revoked', ended_at = clock_timestamp(),
      ended_by = ${by}::uuid
    WHERE id = ANY(${[...ids]}::uuid[]) AND state IN ('approved', 'active') RETURNING id, version`;
  return rows.map(endedFrom);
}
