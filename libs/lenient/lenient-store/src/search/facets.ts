import type { FieldName } from '@crashkeep/query';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { dimsCondition, splitForCounts } from './compile-query.js';
import { type SearchAsked, searchCondition } from './search-reports.js';
import { WORDS_OF_FIELD } from './resolve-names.js';
import { withinTime } from './within-time.js';

export const FACET_FIELDS = [
  'product',
  'version',
  'channel',
  'os',
  'os_version',
  'cpu',
  'reason',
  'address',
  'format',
  'signature',
  'module',
  'function',
  'missing_symbols',
  'cpu_info',
  'uptime',
] as const satisfies readonly FieldName[];
export type FacetField = (typeof FACET_FIELDS)[number];

export interface Facet {
  readonly field: FacetField;
  /** Reports whose values were counted, and whether those are all: where not, they are the newest. */
  readonly counted: number;
  readonly complete: boolean;
  /** Most frequent first. Null: reports without a value. A report may have many modules, and many functions. */
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
}

export interface Facets {
  readonly total: { readonly count: number; readonly complete: boolean };
  readonly facets: readonly Facet[];
  /** By day (UTC, `2026-11-25`), oldest first, of the counted ones; days without any are left out. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
}

/** Reports that are counted one by one where no counter knows the answer. */
const COUNTED_MAX = 10_000;
const VALUES_SHOWN = 12;
const DIMS_FIELDS = ['product', 'version', 'channel', 'os', 'cpu'] as const satisfies readonly FacetField[];
const DAY_MS = 86_400_000;

/** How many of the found reports have which values. Throws as `searchReports` does. */
export async function findFacets(
  rows: LenientRows,
  asked: SearchAsked,
  fields: readonly FacetField[],
): Promise<Facets> {
  return withinTime(async () => {
    const isOfDims = (field: FacetField): boolean => DIMS_FIELDS.some((it) => it === field);
    if (!isKnownByCounters(asked)) return countNewest(rows, asked, fields);
    const exact = await countByCounters(rows, asked, fields.filter(isOfDims));
    const others = fields.filter((it) => !isOfDims(it));
    const newest = others.length === 0 ? [] : (await countNewest(rows, asked, others)).facets;
    const facets = [...exact.facets, ...newest];
    return { ...exact, facets: fields.flatMap((field) => facets.filter((it) => it.field === field)) };
  });
}

/** Whole days of a search that names what is counted by, and no group. */
export function isKnownByCounters({ query, from, to }: SearchAsked): boolean {
  const split = splitForCounts(query);
  const wholeDays = [from, to].every((it) => it.getTime() % DAY_MS === 0);
  return wholeDays && split !== null && split.group.kind === 'every' && split.group.parts.length === 0;
}

interface Counted {
  field: string;
  value: string | null;
  count: bigint;
}

async function countByCounters(
  rows: LenientRows,
  { project, query, from, to, groupIds }: SearchAsked,
  fields: readonly FacetField[],
): Promise<Facets> {
  const counters =
    groupIds === undefined
      ? Prisma.sql`lenient.project_day AS c`
      : Prisma.sql`(SELECT * FROM lenient.group_dims_day WHERE group_id = ANY(${[...groupIds]}::uuid[])) AS c`;
  const found = await rows.$queryRaw<Counted[]>`WITH counted AS MATERIALIZED (
      SELECT c.day, c.dims_id, sum(c.count) AS count FROM ${counters} JOIN lenient.dims AS d ON d.id = c.dims_id
      WHERE c.project = ${project} AND c.day >= ${from}::date AND c.day < ${to}::date AND ${dimsCondition(query)} GROUP BY 1, 2),
    by_dims AS MATERIALIZED (SELECT dims_id, sum(count) AS count FROM counted GROUP BY 1)
    SELECT 'day' AS field, day::text AS value, sum(count)::bigint AS count FROM counted GROUP BY day HAVING sum(count) > 0
    UNION ALL SELECT v.field, nullif(v.value, ''), sum(c.count)::bigint FROM by_dims AS c
      JOIN lenient.dims AS d ON d.id = c.dims_id,
      LATERAL (VALUES ('product', d.product), ('version', d.version), ('channel', d.channel), ('os', d.os), ('cpu', d.cpu))
        AS v (field, value)
      WHERE v.field = ANY(${[...fields]}::text[]) GROUP BY 1, 2 HAVING sum(c.count) > 0`;
  const days = found.filter((it) => it.field === 'day').sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  const count = days.reduce((sum, it) => sum + Number(it.count), 0);
  return {
    total: { count, complete: true },
    facets: fields.map((field) => facetOf(field, found, { count, complete: true })),
    days: days.map((it) => ({ day: it.value ?? '', count: Number(it.count) })),
  };
}

async function countNewest(rows: LenientRows, asked: SearchAsked, fields: readonly FacetField[]): Promise<Facets> {
  const where = await searchCondition(rows, asked);
  const found = await rows.$queryRaw<Counted[]>`WITH found AS MATERIALIZED (
      SELECT ${NEEDED} FROM lenient.report AS r WHERE ${where} ORDER BY r.received_at DESC, r.id DESC LIMIT ${COUNTED_MAX}::int)
    SELECT 'day' AS field, (received_at AT TIME ZONE 'UTC')::date::text AS value, count(*) FROM found GROUP BY 2
    UNION ALL SELECT v.field, v.value, count(*) FROM found AS r, LATERAL (VALUES ${VALUES}) AS v (field, value)
      WHERE v.field = ANY(${[...fields]}::text[]) GROUP BY 1, 2
    ${wordFacets(fields)}`;
  const days = found.filter((it) => it.field === 'day').sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  const count = days.reduce((sum, it) => sum + Number(it.count), 0);
  const total = { count, complete: count < COUNTED_MAX };
  return {
    total,
    facets: fields.map((field) => facetOf(field, found, total)),
    days: days.map((it) => ({ day: it.value ?? '', count: Number(it.count) })),
  };
}

const NEEDED = Prisma.sql`r.received_at, r.product, r.version, r.channel, r.os, r.os_version, r.cpu, r.crash_reason,
  r.address_class, r.format, r.signature, r.uptime, r.words`;
/** What a process lived: the crash at the start is another one than that after a week. */
const UPTIME = Prisma.sql`CASE WHEN r.uptime IS NULL THEN NULL WHEN r.uptime < 10 THEN '<10s' WHEN r.uptime < 60 THEN '10s..1m'
  WHEN r.uptime < 3600 THEN '1m..1h' WHEN r.uptime < 86400 THEN '1h..1d' ELSE '>=1d' END`;
const VALUES = Prisma.sql`('product', r.product), ('version', r.version), ('channel', r.channel), ('os', r.os),
  ('os_version', r.os_version), ('cpu', r.cpu), ('reason', r.crash_reason), ('address', r.address_class), ('format', r.format),
  ('signature', r.signature), ('uptime', ${UPTIME})`;

function wordFacets(fields: readonly FacetField[]): Prisma.Sql {
  const kinds = fields.flatMap((field) => {
    const kind = WORDS_OF_FIELD[field];
    return kind === undefined ? [] : [Prisma.sql`(${field}::text, ${kind}::text)`];
  });
  if (kinds.length === 0) return Prisma.empty;
  return Prisma.sql`UNION ALL SELECT k.field, w.text, c.count FROM (
      SELECT word, count(*) AS count FROM found AS r, unnest(r.words) AS word GROUP BY 1 ORDER BY 2 DESC LIMIT 5000) AS c
    JOIN lenient.word AS w ON w.id = c.word JOIN (VALUES ${Prisma.join(kinds)}) AS k (field, kind) ON k.kind = w.kind`;
}

function facetOf(
  field: FacetField,
  found: readonly Counted[],
  { count, complete }: { readonly count: number; readonly complete: boolean },
): Facet {
  const values = found
    .filter((it) => it.field === field)
    .map((it) => ({ value: it.value, count: Number(it.count) }))
    .sort((a, b) => b.count - a.count || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return { field, counted: count, complete, values: values.slice(0, VALUES_SHOWN) };
}
