import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';

/** What a report is counted by. */
export interface CountedReport {
  readonly project: ProjectId;
  readonly groupId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly dimsId: number;
  /** Keyed hash of the install's id, 53 bits. */
  readonly install: number | null;
}

/** A project's day is counted in this many rows. */
const SHARDS = 16;
/** Hashes of installs that are kept of a group's day. */
export const INSTALLS_MAX = 256;

/** A group as it stands under its lock. */
export interface LockedGroup {
  readonly id: string;
  readonly status: string;
  readonly fixed_in: string | null;
  readonly status_at: Date | null;
}

/** In the order of their ids, whatever order writers come in: two that move reports across each other do not wait in a circle. */
export const lockGroups = (tx: SqlTransaction, groupIds: readonly string[]): PromiseLike<LockedGroup[]> =>
  tx.$queryRaw<LockedGroup[]>`SELECT id, status, fixed_in, status_at FROM lenient.crash_group
    WHERE id = ANY(${[...groupIds]}::uuid[]) ORDER BY id FOR UPDATE`;

/** The group is locked, and the report is in it. One statement: every counter, or none. */
export async function countIn(tx: SqlTransaction, report: CountedReport): Promise<void> {
  const { project, groupId, dimsId, install } = report;
  const seconds = report.receivedAt / 1000;
  await tx.$executeRaw`WITH seen AS (
      SELECT to_timestamp(${seconds}::float8) AS at, (to_timestamp(${seconds}::float8) AT TIME ZONE 'UTC')::date AS day),
    of_group AS (UPDATE lenient.crash_group AS g SET count = g.count + 1,
      first_seen = CASE WHEN g.count = 0 THEN seen.at ELSE least(g.first_seen, seen.at) END,
      last_seen = CASE WHEN g.count = 0 THEN seen.at ELSE greatest(g.last_seen, seen.at) END
      FROM seen WHERE g.id = ${groupId}::uuid),
    of_day AS (INSERT INTO lenient.group_day AS d (project, day, group_id, count)
      SELECT ${project}, seen.day, ${groupId}::uuid, 1 FROM seen
      ON CONFLICT (project, day, group_id) DO UPDATE SET count = d.count + 1),
    of_dims AS (INSERT INTO lenient.group_dims_day AS d (project, day, group_id, dims_id, count)
      SELECT ${project}, seen.day, ${groupId}::uuid, ${dimsId}::int, 1 FROM seen
      ON CONFLICT (group_id, day, dims_id) DO UPDATE SET count = d.count + 1),
    of_installs AS (INSERT INTO lenient.group_install_day AS d (group_id, day, installs)
      SELECT ${groupId}::uuid, seen.day, ARRAY[${install}::bigint] FROM seen WHERE ${install}::bigint IS NOT NULL
      ON CONFLICT (group_id, day) DO UPDATE SET installs =
        (SELECT array_agg(kept.hash) FROM (SELECT hash FROM unnest(d.installs || excluded.installs) AS hash
          ORDER BY hash LIMIT ${INSTALLS_MAX}::int) AS kept)
      WHERE excluded.installs[1] <> ALL (d.installs)
        AND (cardinality(d.installs) < ${INSTALLS_MAX}::int OR excluded.installs[1] < d.installs[cardinality(d.installs)]))
    INSERT INTO lenient.project_day AS d (project, day, dims_id, shard, count)
    SELECT ${project}, seen.day, ${dimsId}::int, pg_backend_pid() % ${SHARDS}::int, 1 FROM seen
    ON CONFLICT (project, day, dims_id, shard) DO UPDATE SET count = d.count + 1`;
}

/** The group is locked, and the report is not in it any more, or is about to be counted anew. Times seen shrink to what is left. */
export async function countOut(tx: SqlTransaction, report: CountedReport): Promise<void> {
  const { project, groupId, dimsId } = report;
  const seconds = report.receivedAt / 1000;
  await tx.$executeRaw`WITH seen AS (SELECT (to_timestamp(${seconds}::float8) AT TIME ZONE 'UTC')::date AS day),
    of_group AS (UPDATE lenient.crash_group AS g SET count = g.count - 1,
      first_seen = coalesce((SELECT min(r.received_at) FROM lenient.report AS r WHERE r.group_id = g.id), g.first_seen),
      last_seen = coalesce((SELECT max(r.received_at) FROM lenient.report AS r WHERE r.group_id = g.id), g.last_seen)
      WHERE g.id = ${groupId}::uuid),
    of_day AS (UPDATE lenient.group_day AS d SET count = d.count - 1 FROM seen
      WHERE d.project = ${project} AND d.day = seen.day AND d.group_id = ${groupId}::uuid),
    of_dims AS (UPDATE lenient.group_dims_day AS d SET count = d.count - 1 FROM seen
      WHERE d.group_id = ${groupId}::uuid AND d.day = seen.day AND d.dims_id = ${dimsId}::int),
    of_installs AS (UPDATE lenient.group_install_day AS d SET installs = coalesce(
        (SELECT array_agg(kept.install) FROM (SELECT DISTINCT r.install FROM lenient.report AS r, seen
          WHERE r.group_id = ${groupId}::uuid AND r.install IS NOT NULL AND r.received_at >= seen.day::timestamp AT TIME ZONE 'UTC'
            AND r.received_at < (seen.day + 1)::timestamp AT TIME ZONE 'UTC' ORDER BY r.install LIMIT ${INSTALLS_MAX}::int) AS kept),
        '{}') FROM seen WHERE d.group_id = ${groupId}::uuid AND d.day = seen.day)
    INSERT INTO lenient.project_day AS d (project, day, dims_id, shard, count)
    SELECT ${project}, seen.day, ${dimsId}::int, pg_backend_pid() % ${SHARDS}::int, -1 FROM seen
    ON CONFLICT (project, day, dims_id, shard) DO UPDATE SET count = d.count - 1`;
}
