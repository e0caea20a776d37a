import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { withinTime } from '../search/within-time.js';
import { type Correlation, type FeatureCount, correlate } from './correlate.js';
import type { WholeGroup } from './group-of.js';

export interface GroupCorrelations {
  /** Reports of the group, and of others of its product, that were looked at. */
  readonly own: number;
  readonly others: number;
  readonly correlations: readonly Correlation[];
}

const OWN_MAX = 2000;
const OTHERS_MAX = 4000;

/**
 * What a group's newest reports have more often than a random sample of the project's others of the time. Ids are random, so those
 * below a bound are a fair sample, and the primary key finds them.
 */
export async function findCorrelations(
  rows: LenientRows,
  { project, members }: WholeGroup,
  from: Date,
  to: Date,
): Promise<GroupCorrelations> {
  const time = Prisma.sql`r.received_at >= ${from} AND r.received_at < ${to}`;
  const own = Prisma.sql`SELECT ${LOOKED_AT} FROM unnest(${[...members]}::uuid[]) AS asked (id), LATERAL (
    SELECT * FROM lenient.report AS r WHERE r.group_id = asked.id AND ${time} ORDER BY r.received_at DESC, r.id DESC
    LIMIT ${OWN_MAX}::int) AS r LIMIT ${OWN_MAX}::int`;
  return withinTime(async () => {
    const mine = await countFeatures(rows, own);
    const product = mine.features.filter((it) => it.field === 'product').sort((a, b) => b.count - a.count)[0]?.value;
    const below = await sampleBound(rows, project, from, to);
    // Written so that only the primary key can serve it: that of time would be read from end to end for a few ids.
    const others = Prisma.sql`SELECT ${LOOKED_AT} FROM lenient.report AS r WHERE r.id < ${below}::uuid
      AND r.project || '' = ${project} AND r.received_at + interval '0' >= ${from} AND r.received_at + interval '0' < ${to} AND r.group_id <> ALL(${[...members]}::uuid[])
      AND (${product ?? null}::text IS NULL OR r.product = ${product ?? null}::text) LIMIT ${OTHERS_MAX}::int`;
    const theirs = await countFeatures(rows, others);
    const correlations = correlate(joined(mine.features, theirs.features), mine.reports, theirs.reports);
    return { own: mine.reports, others: theirs.reports, correlations };
  });
}

const LOOKED_AT = Prisma.sql`r.product, r.version, r.channel, r.os, r.os_version, r.cpu, r.crash_reason, r.address_class,
  r.uptime, r.words`;

interface Counted {
  readonly reports: number;
  readonly features: readonly { readonly field: string; readonly value: string; readonly count: number }[];
}

async function countFeatures(rows: LenientRows, reports: Prisma.Sql): Promise<Counted> {
  const found = await rows.$queryRaw<
    { field: string; value: string; count: bigint }[]
  >`WITH r AS MATERIALIZED (${reports})
    SELECT 'all' AS field, '' AS value, count(*) AS count FROM r
    UNION ALL SELECT v.field, v.value, count(*) FROM r, LATERAL (VALUES ('product', r.product), ('version', r.version),
        ('channel', r.channel), ('os', r.os), ('os_version', r.os_version), ('cpu', r.cpu), ('reason', r.crash_reason),
        ('address', r.address_class), ('uptime', CASE WHEN r.uptime < 10 THEN '<10s' WHEN r.uptime < 60 THEN '10s..1m'
          WHEN r.uptime < 3600 THEN '1m..1h' WHEN r.uptime < 86400 THEN '1h..1d' WHEN r.uptime >= 86400 THEN '>=1d' END))
        AS v (field, value) WHERE v.value IS NOT NULL GROUP BY 1, 2
    UNION ALL SELECT w.kind, w.text, c.count FROM (SELECT word, count(*) AS count FROM r, unnest(r.words) AS word GROUP BY 1) AS c
      JOIN lenient.word AS w ON w.id = c.word WHERE w.kind IN ('module', 'cpu_info', 'thread')`;
  const features = found.map((it) => ({ field: it.field, value: it.value, count: Number(it.count) }));
  return { reports: features.find((it) => it.field === 'all')?.count ?? 0, features };
}

function joined(mine: Counted['features'], theirs: Counted['features']): FeatureCount[] {
  const keyOf = (it: { field: string; value: string }): string => `${it.field} ${it.value}`;
  const elsewhere = new Map(theirs.map((it) => [keyOf(it), it.count]));
  return mine
    .filter((it) => it.field !== 'all' && it.field !== 'product')
    .map(({ field, value, count }) => ({
      field,
      value,
      own: count,
      others: elsewhere.get(keyOf({ field, value })) ?? 0,
    }));
}

/** An id below which about as many of the project's reports of the time lie as are looked at. */
async function sampleBound(rows: LenientRows, project: string, from: Date, to: Date): Promise<string> {
  const [row] = await rows.$queryRaw<
    { count: bigint }[]
  >`SELECT coalesce(sum(count), 0)::bigint AS count FROM lenient.project_day
    WHERE project = ${project} AND day >= ${from}::date AND day <= ${to}::date`;
  const share = Math.min(1, (OTHERS_MAX * 1.2) / Math.max(1, Number(row?.count ?? 0)));
  const bound = Math.min(0xffff_ffff, Math.floor(share * 2 ** 32));
  return `${bound.toString(16).padStart(8, '0')}-ffff-ffff-ffff-ffffffffffff`;
}
