import { type ScreenedText, ScreenedTextWire } from '@crashkeep/report';
import type { GroupStatus } from '../group/group-status.js';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { PAGE_DEFAULT } from '../page-cursor.js';
import { withinTime } from '../search/within-time.js';
import { type CountSource, countSource } from './count-source.js';
import { type Installs, findInstalls, installsOf } from './installs.js';
import { isRising } from './is-rising.js';
import type { TopAsked } from './top-asked.js';
import { findTopDays, findTopVersions } from './top-figures.js';

export interface TopCrasher {
  readonly id: string;
  readonly signature: ScreenedText;
  /** 1 is the biggest. */
  readonly rank: number;
  /** In the time before; null where it had none then. */
  readonly rankBefore: number | null;
  readonly count: number;
  readonly countBefore: number;
  /** Null where no client told. */
  readonly installs: Installs | null;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** Of the time, most frequent first, at most five. */
  readonly versions: readonly ScreenedText[];
  readonly os: readonly string[];
  /** Reports a day, oldest first. */
  readonly trend: readonly number[];
  readonly status: GroupStatus;
  readonly fixedIn: string | null;
  readonly ownerId: string | null;
  /** First seen in this time; came back after it was fixed; far more than before. */
  readonly isNew: boolean;
  readonly isRegressed: boolean;
  readonly isRising: boolean;
}

export interface TopCrashers {
  readonly crashers: readonly TopCrasher[];
  readonly groups: number;
  readonly reports: number;
  readonly reportsBefore: number;
  /** False: the search names what no counter knows, and only the newest reports of it were counted. */
  readonly complete: boolean;
  /** Whether more rows follow. */
  readonly more: boolean;
}

interface TopRow {
  id: string;
  signature: string;
  count: bigint;
  before: bigint;
  rank: bigint;
  rank_before: bigint | null;
  first_seen: Date;
  last_seen: Date;
  status: GroupStatus;
  fixed_in: string | null;
  owner_id: string | null;
  regressed_at: Date | null;
  members: string[];
  groups: bigint;
  reports: bigint;
  reports_before: bigint;
}

const DAY_MS = 86_400_000;

/** Groups by how often they crashed. Throws `lenient-store.too-many-names`, `too-broad`. */
export async function topCrashers(rows: LenientRows, asked: TopAsked): Promise<TopCrashers> {
  return withinTime(async () => {
    const source = await countSource(rows, asked);
    const found = await findRanked(rows, source, asked);
    const { size = PAGE_DEFAULT } = asked;
    const shown = found.slice(0, size);
    const members = shown.flatMap((it) => it.members);
    const [days, names, installs] = await Promise.all([
      findTopDays(rows, source, members, asked),
      findTopVersions(rows, source, members, asked),
      findInstalls(rows, members, asked.from, asked.to),
    ]);
    const crashers = shown.map((row) => {
      const ofDays = row.members.flatMap((it) => installs.get(it) ?? []);
      const first = { trend: days(row.members), ...names(row.members) };
      return crasherOf(row, asked, { ...first, installs: ofDays.length === 0 ? null : installsOf(ofDays) });
    });
    const [total] = found;
    return {
      crashers,
      groups: Number(total?.groups ?? 0),
      reports: Number(total?.reports ?? 0),
      reportsBefore: Number(total?.reports_before ?? 0),
      complete: source.complete,
      more: found.length > size,
    };
  });
}

/** Few groups are merged, so those alone are looked up; ranks of the time before are told for the page's rows. */
const findRanked = (
  rows: LenientRows,
  { counted, ofGroup }: CountSource,
  { project, from, skip = 0, size = PAGE_DEFAULT }: TopAsked,
): PromiseLike<TopRow[]> =>
  rows.$queryRaw<TopRow[]>`WITH merged AS (SELECT id, merged_into FROM lenient.crash_group
      WHERE project = ${project} AND merged_into IS NOT NULL),
    counted AS MATERIALIZED (SELECT coalesce(m.merged_into, c.group_id) AS id,
        coalesce(sum(c.count) FILTER (WHERE c.day >= ${from}::date), 0)::bigint AS count,
        coalesce(sum(c.count) FILTER (WHERE c.day < ${from}::date), 0)::bigint AS before
      FROM (${counted}) AS c LEFT JOIN merged AS m ON m.id = c.group_id GROUP BY 1),
    kept AS MATERIALIZED (SELECT x.id, x.count, x.before FROM counted AS x ${
      ofGroup === null
        ? Prisma.empty
        : Prisma.sql`JOIN lenient.crash_group AS g ON g.id = x.id WHERE g.project = ${project} AND ${ofGroup}`
    }),
    totals AS (SELECT count(*) FILTER (WHERE count > 0) AS groups, coalesce(sum(count), 0)::bigint AS reports,
      coalesce(sum(before), 0)::bigint AS reports_before FROM kept),
    page AS (SELECT * FROM kept WHERE count > 0 ORDER BY count DESC, id LIMIT ${size + 1}::int OFFSET ${skip}::int),
    earlier AS (SELECT id, rank() OVER (ORDER BY before DESC) AS rank FROM kept WHERE before > 0)
    SELECT page.id, page.count, page.before, ${skip}::int + row_number() OVER (ORDER BY page.count DESC, page.id) AS rank,
      earlier.rank AS rank_before, totals.*, g.signature, g.status, g.fixed_in, g.owner_id, members.ids AS members,
      members.first_seen, members.last_seen, members.regressed_at
    FROM page CROSS JOIN totals JOIN lenient.crash_group AS g ON g.id = page.id LEFT JOIN earlier ON earlier.id = page.id,
      LATERAL (SELECT array_agg(m.id) AS ids, min(m.first_seen) FILTER (WHERE m.count > 0) AS first_seen,
        max(m.last_seen) FILTER (WHERE m.count > 0) AS last_seen, max(m.regressed_at) AS regressed_at
      FROM lenient.crash_group AS m WHERE m.id = page.id OR m.merged_into = page.id) AS members ORDER BY rank`;

type Figures = Pick<TopCrasher, 'trend' | 'versions' | 'os' | 'installs'>;

function crasherOf(row: TopRow, { from, to }: TopAsked, figures: Figures): TopCrasher {
  const [count, countBefore] = [Number(row.count), Number(row.before)];
  const end = new Date(to.getTime() + DAY_MS);
  return {
    id: row.id,
    signature: ScreenedTextWire.parse(row.signature),
    rank: Number(row.rank),
    rankBefore: row.rank_before === null ? null : Number(row.rank_before),
    count,
    countBefore,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    status: row.status,
    fixedIn: row.fixed_in,
    ownerId: row.owner_id,
    isNew: row.first_seen >= from && row.first_seen < end,
    isRegressed: row.status === 'open' && row.regressed_at !== null && row.regressed_at >= from,
    isRising: isRising(count, countBefore),
    ...figures,
  };
}
