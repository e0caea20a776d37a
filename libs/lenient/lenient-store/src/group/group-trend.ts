import type { LenientRows } from '../lenient-store.js';

export interface VersionTrend {
  /** Null: reports without one. */
  readonly version: string | null;
  /** Reports a day, oldest first. */
  readonly counts: readonly number[];
}

export interface GroupTrend {
  /** Most frequent first, at most eight. */
  readonly versions: readonly VersionTrend[];
  /** Of all versions, those that are not listed too. */
  readonly all: readonly number[];
}

const VERSIONS_SHOWN = 8;
const DAY_MS = 86_400_000;

/** Reports a day of some groups together, by version; `from` and `to` are days (UTC) that belong to it. */
export async function findGroupTrend(
  rows: LenientRows,
  groupIds: readonly string[],
  from: Date,
  to: Date,
): Promise<GroupTrend> {
  const found = await rows.$queryRaw<{ day: Date; version: string; count: bigint }[]>`
    SELECT c.day, d.version, sum(c.count)::bigint AS count FROM lenient.group_dims_day AS c
      JOIN lenient.dims AS d ON d.id = c.dims_id
    WHERE c.group_id = ANY(${[...groupIds]}::uuid[]) AND c.day >= ${from}::date AND c.day <= ${to}::date
    GROUP BY 1, 2 HAVING sum(c.count) > 0`;
  const length = Math.round((to.getTime() - from.getTime()) / DAY_MS) + 1;
  const all = new Array<number>(length).fill(0);
  const byVersion = new Map<string, number[]>();
  for (const { day, version, count } of found) {
    const place = Math.round((day.getTime() - from.getTime()) / DAY_MS);
    const counts = byVersion.get(version) ?? new Array<number>(length).fill(0);
    counts[place] = (counts[place] ?? 0) + Number(count);
    all[place] = (all[place] ?? 0) + Number(count);
    byVersion.set(version, counts);
  }
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const versions = [...byVersion]
    .map(([version, counts]) => ({ version: version === '' ? null : version, counts }))
    .sort((a, b) => sum(b.counts) - sum(a.counts));
  return { versions: versions.slice(0, VERSIONS_SHOWN), all };
}
