import type { GrantState } from '@crashkeep/access';
import type { DumpId, PersonId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { type GrantRow, grantFrom } from './grant-row.js';

export interface GrantFilter {
  /** Grants of these projects, `*` being all of them, and those that this person asked for. */
  readonly visibleTo: { readonly person: PersonId; readonly projects: readonly (ProjectId | '*')[] };
  readonly project?: ProjectId | undefined;
  readonly dump?: DumpId | undefined;
  readonly requester?: PersonId | undefined;
  readonly notRequester?: PersonId | undefined;
  readonly states?: readonly GrantState[] | undefined;
  /** The last of the page before. */
  readonly before?: { readonly createdAt: Date; readonly id: string } | undefined;
}

/** Newest first. */
export async function listGrants(tx: SqlTransaction, filter: GrantFilter, limit: number): Promise<GrantRow[]> {
  const { visibleTo, project, dump, requester, notRequester, states, before } = filter;
  const rows = await tx.$queryRaw<unknown[]>`SELECT g.*, (
      SELECT coalesce(json_agg(json_build_object('address', r.address, 'part', r.part, 'offset', r."offset", 'length', r.length)
        ORDER BY r.ordinal), '[]') FROM strict.access_grant_range r WHERE r.grant_id = g.id AND r.version = g.version
    ) AS ranges FROM strict.access_grant g
    WHERE (g.requester = ${visibleTo.person}::uuid OR g.project = ANY(${visibleTo.projects}::text[])
        OR '*' = ANY(${visibleTo.projects}::text[]))
      AND (${project ?? null}::text IS NULL OR g.project = ${project ?? null}::text)
      AND (${dump ?? null}::uuid IS NULL OR g.dump_id = ${dump ?? null}::uuid)
      AND (${requester ?? null}::uuid IS NULL OR g.requester = ${requester ?? null}::uuid)
      AND (${notRequester ?? null}::uuid IS NULL OR g.requester <> ${notRequester ?? null}::uuid)
      AND (${states ?? null}::text[] IS NULL OR g.state = ANY(${states ?? null}::text[]))
      AND (${before?.createdAt ?? null}::timestamptz IS NULL
        OR (g.created_at, g.id) < (${before?.createdAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    ORDER BY g.created_at DESC, g.id DESC LIMIT ${limit}::int`;
  return rows.map(grantFrom);
}
