import type { SqlTransaction } from '@crashkeep/ledger';

/** What a group's counters count a report by. */
export interface CountedReport {
  readonly groupId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** Empty where the report has none. */
  readonly version: string;
  readonly os: string;
}

/** In the order of their ids, whatever order writers come in: two that move reports across each other do not wait in a circle. */
export async function lockGroups(tx: SqlTransaction, groupIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM lenient.crash_group WHERE id = ANY(${[...groupIds]}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** The group is locked, and the report is in it. */
export async function countIn(tx: SqlTransaction, report: CountedReport): Promise<void> {
  const seconds = report.receivedAt / 1000;
  await tx.$executeRaw`UPDATE lenient.crash_group SET count = count + 1,
      first_seen = CASE WHEN count = 0 THEN to_timestamp(${seconds}::float8)
        ELSE least(first_seen, to_timestamp(${seconds}::float8)) END,
      last_seen = CASE WHEN count = 0 THEN to_timestamp(${seconds}::float8)
        ELSE greatest(last_seen, to_timestamp(${seconds}::float8)) END
    WHERE id = ${report.groupId}::uuid`;
  await addToDay(tx, report, 1);
}

/** The group is locked, and the report is not in it any more, or is about to be counted anew. Times seen shrink to what is left. */
export async function countOut(tx: SqlTransaction, report: CountedReport): Promise<void> {
  await tx.$executeRaw`UPDATE lenient.crash_group AS g SET count = g.count - 1,
      first_seen = coalesce((SELECT min(r.received_at) FROM lenient.report AS r WHERE r.group_id = g.id), g.first_seen),
      last_seen = coalesce((SELECT max(r.received_at) FROM lenient.report AS r WHERE r.group_id = g.id), g.last_seen)
    WHERE g.id = ${report.groupId}::uuid`;
  await addToDay(tx, report, -1);
}

async function addToDay(tx: SqlTransaction, report: CountedReport, by: 1 | -1): Promise<void> {
  await tx.$executeRaw`INSERT INTO lenient.group_day AS d (group_id, day, version, os, count)
    VALUES (${report.groupId}::uuid, (to_timestamp(${report.receivedAt / 1000}::float8) AT TIME ZONE 'UTC')::date,
      ${report.version}, ${report.os}, ${by}::bigint)
    ON CONFLICT (group_id, day, version, os) DO UPDATE SET count = d.count + excluded.count`;
}
