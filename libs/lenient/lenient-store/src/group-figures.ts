import { OsName, type ScreenedText, ScreenedTextWire } from '@crashkeep/report';
import type { z } from 'zod';
import type { LenientRows } from './lenient-store.js';

/** Days of a group's trend; the last is today (UTC). */
const TREND_DAYS = 14;
const VERSIONS_SHOWN = 5;

export interface GroupFigures {
  /** Most frequent first, at most five. */
  readonly versions: readonly ScreenedText[];
  /** Most frequent first. */
  readonly os: readonly z.infer<typeof OsName>[];
  /** Reports a day, oldest first. */
  readonly trend: readonly number[];
}

interface NamedCount {
  group_id: string;
  name: string;
}

interface DayCount {
  group_id: string;
  days_ago: number;
  count: bigint;
}

/** Counted in three statements for a whole page of groups. */
export async function figuresOf(rows: LenientRows, groupIds: string[]): Promise<(groupId: string) => GroupFigures> {
  if (groupIds.length === 0) return () => ({ versions: [], os: [], trend: [] });
  const [versions, systems, days] = await Promise.all([
    findVersions(rows, groupIds),
    rows.$queryRaw<NamedCount[]>`SELECT d.group_id, dims.os AS name FROM lenient.group_dims_day AS d
        JOIN lenient.dims ON dims.id = d.dims_id
      WHERE d.group_id = ANY(${groupIds}::uuid[]) GROUP BY 1, 2 HAVING sum(d.count) > 0 ORDER BY sum(d.count) DESC, 2`,
    findDays(rows, groupIds),
  ]);
  return (groupId) => ({
    versions: namesOf(versions, groupId).map((it) => ScreenedTextWire.parse(it)),
    os: namesOf(systems, groupId).map((it) => OsName.parse(it)),
    trend: trendOf(days, groupId),
  });
}

const findVersions = (rows: LenientRows, groupIds: string[]): PromiseLike<NamedCount[]> =>
  rows.$queryRaw<NamedCount[]>`SELECT group_id, version AS name FROM (
      SELECT d.group_id, dims.version,
        row_number() OVER (PARTITION BY d.group_id ORDER BY sum(d.count) DESC, dims.version DESC) AS place
      FROM lenient.group_dims_day AS d JOIN lenient.dims ON dims.id = d.dims_id
      WHERE d.group_id = ANY(${groupIds}::uuid[]) AND dims.version <> ''
      GROUP BY d.group_id, dims.version HAVING sum(d.count) > 0) AS ranked
    WHERE place <= ${VERSIONS_SHOWN}::int ORDER BY group_id, place`;

const findDays = (rows: LenientRows, groupIds: string[]): PromiseLike<DayCount[]> =>
  rows.$queryRaw<
    DayCount[]
  >`SELECT group_id, ((now() AT TIME ZONE 'UTC')::date - day) AS days_ago, sum(count)::bigint AS count
    FROM lenient.group_day WHERE group_id = ANY(${groupIds}::uuid[])
      AND day > (now() AT TIME ZONE 'UTC')::date - ${TREND_DAYS}::int AND day <= (now() AT TIME ZONE 'UTC')::date
    GROUP BY group_id, day`;

const namesOf = (counts: readonly NamedCount[], groupId: string): string[] =>
  counts.filter((it) => it.group_id === groupId).map((it) => it.name);

function trendOf(days: readonly DayCount[], groupId: string): number[] {
  const trend = new Array<number>(TREND_DAYS).fill(0);
  for (const { group_id: id, days_ago: ago, count } of days) {
    if (id === groupId) trend[TREND_DAYS - 1 - ago] = Number(count);
  }
  return trend;
}
