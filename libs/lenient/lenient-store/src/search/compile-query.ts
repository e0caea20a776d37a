import type { FieldName, Query, Test } from '@crashkeep/query';
import { Prisma } from '../generated/client.js';
import { type ResolvedNames, WORDS_OF_FIELD } from './resolve-names.js';
import { rangeCondition, textCondition } from './text-test.js';

type Match = Extract<Query, { kind: 'match' }>;
type ConditionOf = (match: Match) => Prisma.Sql;

/** What product, version, channel, system and processor are counted by (`lenient.dims`). */
const DIMS = new Set<FieldName>(['product', 'version', 'channel', 'os', 'cpu']);
const OF_GROUP = new Set<FieldName>(['signature', 'status']);

/** A search over rows of `lenient.report AS r`. */
export const reportCondition = (query: Query, names: ResolvedNames): Prisma.Sql =>
  condition(query, (match) => ofReport(match, names), false);

/** A search that names fields of `lenient.dims AS d` only. */
export const dimsCondition = (query: Query): Prisma.Sql =>
  condition(query, ({ field, test }) => textCondition(Prisma.raw(`d.${field}`), test), false);

/** A search that names fields of `lenient.crash_group AS g` only. */
export const groupCondition = (query: Query): Prisma.Sql =>
  condition(query, ({ field, test }) => textCondition(Prisma.raw(`g.${field}`), test), false);

/** A search as what is counted apart: by combination, and by group. Null where it names anything else, or mixes the two. */
export function splitForCounts(query: Query): { readonly dims: Query; readonly group: Query } | null {
  const parts = query.kind === 'every' ? query.parts : [query];
  const dims = parts.filter((it) => namesOnly(it, DIMS));
  const group = parts.filter((it) => namesOnly(it, OF_GROUP));
  if (dims.length + group.length < parts.length) return null;
  return { dims: { kind: 'every', parts: dims }, group: { kind: 'every', parts: group } };
}

function namesOnly(query: Query, fields: ReadonlySet<FieldName>): boolean {
  if (query.kind === 'match') return fields.has(query.field);
  return query.kind === 'not' ? namesOnly(query.part, fields) : query.parts.every((it) => namesOnly(it, fields));
}

/** Under NOT a column without a value must not become neither true nor false; elsewhere it may, and indexes stay usable. */
function condition(query: Query, ofMatch: ConditionOf, negated: boolean): Prisma.Sql {
  switch (query.kind) {
    case 'match':
      return negated ? Prisma.sql`coalesce(${ofMatch(query)}, false)` : ofMatch(query);
    case 'not':
      return Prisma.sql`NOT ${condition(query.part, ofMatch, true)}`;
    default: {
      if (query.parts.length === 0) return query.kind === 'every' ? Prisma.sql`true` : Prisma.sql`false`;
      const parts = query.parts.map((it) => condition(it, ofMatch, negated));
      return Prisma.sql`(${Prisma.join(parts, query.kind === 'every' ? ' AND ' : ' OR ')})`;
    }
  }
}

const COLUMNS: Partial<Record<FieldName, string>> = {
  product: 'r.product',
  version: 'r.version',
  channel: 'r.channel',
  os: 'r.os',
  os_version: 'r.os_version',
  cpu: 'r.cpu',
  reason: 'r.crash_reason',
  address: 'r.address_class',
  format: 'r.format',
  uptime: 'r.uptime',
  cpu_count: 'r.cpu_count',
  threads: 'r.threads',
  received: 'r.received_at',
  crashed: 'r.crashed_at',
};

function ofReport(match: Match, names: ResolvedNames): Prisma.Sql {
  const { field, test } = match;
  if (WORDS_OF_FIELD[field] !== undefined) return Prisma.sql`r.words && ${[...names.words(match)]}::int[]`;
  if (field === 'signature') {
    const groups = names.groups(match);
    return groups === null
      ? textCondition(Prisma.sql`r.signature`, test)
      : Prisma.sql`r.group_id = ANY(${[...groups]}::uuid[])`;
  }
  if (field === 'status') {
    return Prisma.sql`r.group_id IN (SELECT g.id FROM lenient.crash_group AS g
      WHERE g.project = r.project AND ${textCondition(Prisma.sql`g.status`, test)})`;
  }
  const column = Prisma.raw(COLUMNS[field] ?? 'NULL');
  return comparison(field, column, test);
}

function comparison(field: FieldName, column: Prisma.Sql, test: Test): Prisma.Sql {
  if (field === 'received' || field === 'crashed') {
    return rangeCondition(column, test, (ms) => Prisma.sql`to_timestamp(${ms}::float8 / 1000)`);
  }
  if (field === 'uptime' || field === 'cpu_count' || field === 'threads') {
    return rangeCondition(column, test, (number) => Prisma.sql`${number}::bigint`);
  }
  return textCondition(column, test);
}
