import { OsName, type ScreenedText, ScreenedTextWire } from '@crashkeep/report';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import type { CountSource } from './count-source.js';
import type { TopAsked } from './top-asked.js';

const DAY_MS = 86_400_000;
const VERSIONS_SHOWN = 5;

interface DayCount {
  group_id: string;
  day: Date;
  count: bigint;
}

/** Reports a day of some groups together, oldest first. */
export async function findTopDays(
  rows: LenientRows,
  { dimsIds }: CountSource,
  groupIds: readonly string[],
  { from, to }: TopAsked,
): Promise<(members: readonly string[]) => number[]> {
  const time = Prisma.sql`group_id = ANY(${[...groupIds]}::uuid[]) AND day >= ${from}::date AND day <= ${to}::date`;
  const found = await (dimsIds === null
    ? rows.$queryRaw<DayCount[]>`SELECT group_id, day, count FROM lenient.group_day WHERE ${time}`
    : rows.$queryRaw<DayCount[]>`SELECT group_id, day, sum(count)::bigint AS count FROM lenient.group_dims_day
        WHERE ${time} AND dims_id = ANY(${[...dimsIds]}::int[]) GROUP BY 1, 2`);
  const length = Math.round((to.getTime() - from.getTime()) / DAY_MS) + 1;
  return (members) => {
    const days = new Array<number>(length).fill(0);
    for (const { group_id: id, day, count } of found) {
      const place = Math.round((day.getTime() - from.getTime()) / DAY_MS);
      if (members.includes(id)) days[place] = (days[place] ?? 0) + Number(count);
    }
    return days;
  };
}

interface NameCount {
  group_id: string;
  version: string;
  os: string;
  count: bigint;
}

interface TopNames {
  readonly versions: ScreenedText[];
  readonly os: string[];
}

/** Versions and systems of some groups together, most frequent first. */
export async function findTopVersions(
  rows: LenientRows,
  { dimsIds }: CountSource,
  groupIds: readonly string[],
  { from, to }: TopAsked,
): Promise<(members: readonly string[]) => TopNames> {
  const ofDims = dimsIds === null ? Prisma.empty : Prisma.sql`AND c.dims_id = ANY(${[...dimsIds]}::int[])`;
  const found = await rows.$queryRaw<NameCount[]>`SELECT c.group_id, d.version, d.os, sum(c.count)::bigint AS count
    FROM lenient.group_dims_day AS c JOIN lenient.dims AS d ON d.id = c.dims_id
    WHERE c.group_id = ANY(${[...groupIds]}::uuid[]) AND c.day >= ${from}::date AND c.day <= ${to}::date ${ofDims}
    GROUP BY 1, 2, 3`;
  return (members) => {
    const own = found.filter((it) => members.includes(it.group_id));
    const versions = ranked(own.map((it) => [it.version, Number(it.count)])).slice(0, VERSIONS_SHOWN);
    const os = ranked(own.map((it) => [it.os, Number(it.count)]));
    return { versions: versions.map((it) => ScreenedTextWire.parse(it)), os: os.map((it) => OsName.parse(it)) };
  };
}

function ranked(counts: readonly (readonly [string, number])[]): string[] {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) if (name !== '') sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1)).flatMap(([name, n]) => (n > 0 ? [name] : []));
}
