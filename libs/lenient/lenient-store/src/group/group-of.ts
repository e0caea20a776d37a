import type { ProjectId } from '@crashkeep/ids';
import { type ScreenedText, ScreenedTextWire } from '@crashkeep/report';
import type { LenientRows } from '../lenient-store.js';
import type { GroupStatus } from './group-status.js';

/** A group with those that were merged into it, counted together. */
export interface WholeGroup {
  readonly id: string;
  readonly project: ProjectId;
  readonly signature: ScreenedText;
  readonly algorithm: number;
  /** Its own id first. */
  readonly members: readonly string[];
  readonly count: number;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly status: GroupStatus;
  readonly fixedIn: string | null;
  readonly statusAt: Date | null;
  readonly regressedAt: Date | null;
  readonly ownerId: string | null;
  readonly mergedInto: string | null;
}

interface Row {
  id: string;
  project: string;
  signature: string;
  algorithm: number;
  status: GroupStatus;
  fixed_in: string | null;
  status_at: Date | null;
  regressed_at: Date | null;
  owner_id: string | null;
  merged_into: string | null;
  members: string[];
  count: bigint;
  first_seen: Date;
  last_seen: Date;
}

/** Null where there is none in these projects, or where it never had a report. */
export async function findWholeGroup(
  rows: LenientRows,
  id: string,
  projects: readonly ProjectId[],
): Promise<WholeGroup | null> {
  const [row] = await rows.$queryRaw<
    Row[]
  >`SELECT g.id, g.project, g.signature, g.algorithm, g.status, g.fixed_in, g.status_at,
      g.regressed_at, g.owner_id, g.merged_into, m.* FROM lenient.crash_group AS g, LATERAL (
      SELECT array_agg(p.id ORDER BY p.id <> g.id, p.id) AS members, sum(p.count)::bigint AS count,
        min(p.first_seen) AS first_seen, max(p.last_seen) AS last_seen
      FROM lenient.crash_group AS p WHERE p.count > 0 AND (p.id = g.id OR p.merged_into = g.id)) AS m
    WHERE g.id = ${id}::uuid AND g.project = ANY(${[...projects]}::text[]) AND m.count > 0`;
  if (row === undefined) return null;
  return {
    id: row.id,
    project: row.project as ProjectId,
    signature: ScreenedTextWire.parse(row.signature),
    algorithm: row.algorithm,
    members: row.members,
    count: Number(row.count),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    status: row.status,
    fixedIn: row.fixed_in,
    statusAt: row.status_at,
    regressedAt: row.regressed_at,
    ownerId: row.owner_id,
    mergedInto: row.merged_into,
  };
}
