import type { ProjectId } from '@crashkeep/ids';
import { type FieldName, factsOf, fieldChoices, placeInQuery, termText } from '@crashkeep/query';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';
import { WORDS_OF_FIELD } from './resolve-names.js';
import { withinTime } from './within-time.js';

export interface Completion {
  /** What stands there after the choice. */
  readonly text: string;
  readonly about: string | null;
  /** Reports of the last 30 days; null where nobody counts them. */
  readonly count: number | null;
}

/** `from` to `to` of the search is what a choice replaces, in UTF-16 units. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly choices: readonly Completion[];
}

const CHOICES_MAX = 12;
/** Of a project's newest reports, where values are neither counted nor words. */
const LOOKED_AT = 5000;

/** What could stand at a place of a search: fields, or values that this project's reports have. */
export async function completeQuery(
  rows: LenientRows,
  project: ProjectId,
  { text, at }: { readonly text: string; readonly at: number },
): Promise<Completions> {
  const { what, field, typed, from, to } = placeInQuery(text, at);
  if (what === 'field') {
    const choices = fieldChoices(typed).slice(0, CHOICES_MAX);
    return { from, to, choices: choices.map((it) => ({ text: `${it.field}:`, about: it.about, count: null })) };
  }
  if (field === null) return { from, to, choices: [] };
  const values = await withinTime(() => valuesOf(rows, project, field, typed));
  const choices = values.map(({ value, count }) => ({ text: valueText(field, value), about: null, count }));
  return { from, to, choices };
}

const valueText = (field: FieldName, value: string): string => termText(field, value).slice(field.length + 1);

interface Value {
  readonly value: string;
  readonly count: number | null;
}

async function valuesOf(rows: LenientRows, project: ProjectId, field: FieldName, typed: string): Promise<Value[]> {
  const { kind, choices } = factsOf(field);
  const wanted = typed.toLowerCase().replace(/\*+$/, '');
  if (choices !== undefined) {
    return choices.filter((it) => it.startsWith(wanted)).map((value) => ({ value, count: null }));
  }
  if (kind === 'number' || kind === 'instant') return [];
  const pattern = `%${wanted.replace(/[%_\\]/g, '\\$&')}%`;
  if (field === 'signature') return ofGroups(rows, project, pattern);
  const words = WORDS_OF_FIELD[field];
  if (words !== undefined) return ofWords(rows, project, words, pattern);
  const column = COUNTED[field];
  return column === undefined ? ofNewest(rows, project, field, pattern) : ofDims(rows, project, column, pattern);
}

const COUNTED: Partial<Record<FieldName, Prisma.Sql>> = {
  product: Prisma.sql`d.product`,
  version: Prisma.sql`d.version`,
  channel: Prisma.sql`d.channel`,
};

type Found = { value: string; count: bigint | null }[];
const valuesFound = (found: Found): Value[] =>
  found.map(({ value, count }) => ({ value, count: count === null ? null : Number(count) }));

async function ofGroups(rows: LenientRows, project: ProjectId, pattern: string): Promise<Value[]> {
  return valuesFound(
    await rows.$queryRaw<Found>`SELECT signature AS value, NULL::bigint AS count FROM lenient.crash_group
      WHERE project = ${project} AND count > 0 AND lower(signature) LIKE ${pattern}
      ORDER BY count DESC LIMIT ${CHOICES_MAX}::int`,
  );
}

/** Those that begin so before those that contain it, short ones first. */
async function ofWords(rows: LenientRows, project: ProjectId, kind: string, pattern: string): Promise<Value[]> {
  return valuesFound(
    await rows.$queryRaw<Found>`SELECT text AS value, NULL::bigint AS count FROM (SELECT text FROM lenient.word
        WHERE project = ${project} AND kind = ${kind} AND lower(text) LIKE ${pattern} LIMIT 2000) AS found
      ORDER BY lower(text) LIKE ${pattern.slice(1)} DESC, length(text), text LIMIT ${CHOICES_MAX}::int`,
  );
}

async function ofDims(rows: LenientRows, project: ProjectId, column: Prisma.Sql, pattern: string): Promise<Value[]> {
  return valuesFound(
    await rows.$queryRaw<Found>`SELECT ${column} AS value, sum(c.count)::bigint AS count
      FROM lenient.project_day AS c JOIN lenient.dims AS d ON d.id = c.dims_id
      WHERE c.project = ${project} AND c.day > (now() AT TIME ZONE 'UTC')::date - 30 AND ${column} <> ''
        AND lower(${column}) LIKE ${pattern}
      GROUP BY 1 HAVING sum(c.count) > 0 ORDER BY 2 DESC, 1 LIMIT ${CHOICES_MAX}::int`,
  );
}

async function ofNewest(rows: LenientRows, project: ProjectId, field: FieldName, pattern: string): Promise<Value[]> {
  const column = field === 'reason' ? Prisma.sql`crash_reason` : Prisma.sql`os_version`;
  return valuesFound(
    await rows.$queryRaw<Found>`SELECT value, count(*) AS count FROM (SELECT ${column} AS value FROM lenient.report
        WHERE project = ${project} ORDER BY received_at DESC, id DESC LIMIT ${LOOKED_AT}::int) AS newest
      WHERE lower(value) LIKE ${pattern} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${CHOICES_MAX}::int`,
  );
}
