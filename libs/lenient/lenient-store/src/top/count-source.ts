import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { dimsCondition, groupCondition, splitForCounts } from '../search/compile-query.js';
import { searchCondition } from '../search/search-reports.js';
import type { TopAsked } from './top-asked.js';

/** Where counts of groups by day come from: `counted` has columns group_id, day, dims_id (null where not needed) and count. */
export interface CountSource {
  /** Of the time and of as many days before. */
  readonly counted: Prisma.Sql;
  /** On `lenient.crash_group AS g`; null: any. */
  readonly ofGroup: Prisma.Sql | null;
  /** Combinations that the search takes; null: all, or counted one by one. */
  readonly dimsIds: readonly number[] | null;
  readonly complete: boolean;
}

/** Reports of each of the two times that are counted one by one. */
const COUNTED_MAX = 30_000;
const DAY_MS = 86_400_000;

export async function countSource(rows: LenientRows, asked: TopAsked): Promise<CountSource> {
  const { project, query, from, to } = asked;
  const days = Math.round((to.getTime() - from.getTime()) / DAY_MS) + 1;
  const begin = new Date(from.getTime() - days * DAY_MS);
  const split = splitForCounts(query);
  if (split === null) return ofReports(rows, asked, begin);
  const anyGroup = split.group.kind === 'every' && split.group.parts.length === 0;
  const ofGroup = anyGroup ? null : groupCondition(split.group);
  const time = Prisma.sql`project = ${project} AND day >= ${begin}::date AND day <= ${to}::date`;
  if (split.dims.kind === 'every' && split.dims.parts.length === 0) {
    const counted = Prisma.sql`SELECT group_id, day, count FROM lenient.group_day WHERE ${time}`;
    return { counted, ofGroup, dimsIds: null, complete: true };
  }
  const dims = await rows.$queryRaw<{ id: number }[]>`SELECT d.id FROM lenient.dims AS d
    WHERE d.project = ${project} AND ${dimsCondition(split.dims)}`;
  const dimsIds = dims.map((it) => it.id);
  const counted = Prisma.sql`SELECT group_id, day, count FROM lenient.group_dims_day
    WHERE ${time} AND dims_id = ANY(${dimsIds}::int[])`;
  return { counted, ofGroup, dimsIds, complete: true };
}

async function ofReports(rows: LenientRows, { project, query, from, to }: TopAsked, begin: Date): Promise<CountSource> {
  const end = new Date(to.getTime() + DAY_MS);
  const [now, before] = await Promise.all([
    searchCondition(rows, { project, query, from, to: end }),
    searchCondition(rows, { project, query, from: begin, to: from }),
  ]);
  const newest = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(SELECT r.group_id,
    (r.received_at AT TIME ZONE 'UTC')::date AS day, 1 AS count FROM lenient.report AS r WHERE ${where}
    ORDER BY r.received_at DESC, r.id DESC LIMIT ${COUNTED_MAX}::int)`;
  const [counts] = await rows.$queryRaw<{ most: bigint }[]>`SELECT greatest((SELECT count(*) FROM ${newest(now)} AS n),
    (SELECT count(*) FROM ${newest(before)} AS b)) AS most`;
  return {
    counted: Prisma.sql`${newest(now)} UNION ALL ${newest(before)}`,
    ofGroup: null,
    dimsIds: null,
    complete: Number(counts?.most ?? 0) < COUNTED_MAX,
  };
}
