import type { ProjectId } from '@crashkeep/ids';
import type { FieldName, Query, Test } from '@crashkeep/query';
import type { LenientRows } from '../lenient-store.js';
import { LenientStoreError } from '../lenient-store-error.js';
import type { WordKind } from '../words-of-report.js';
import { likePattern } from './text-test.js';

/** Fields whose values are words of reports. */
export const WORDS_OF_FIELD: Partial<Record<FieldName, WordKind>> = {
  function: 'function',
  frame: 'frame',
  file: 'file',
  module: 'module',
  debug_id: 'debug_id',
  code_id: 'code_id',
  missing_symbols: 'missing',
  thread: 'thread',
  cpu_info: 'cpu_info',
  problem: 'problem',
  withheld: 'withheld',
};

type Match = Extract<Query, { kind: 'match' }>;

/** Numbers of the words, or ids of the groups, that a match names. Null: so many groups that each report's own text is looked at. */
export interface ResolvedNames {
  words(match: Match): readonly number[];
  groups(match: Match): readonly string[] | null;
}

/** More names than that make a search that reads everything: it is refused. */
const WORDS_MAX = 2000;
const GROUPS_MAX = 2000;

/** Looks the names of a search up, once each. Throws `lenient-store.too-many-names`. */
export async function resolveNames(rows: LenientRows, project: ProjectId, query: Query): Promise<ResolvedNames> {
  const words = new Map<Match, readonly number[]>();
  const groups = new Map<Match, readonly string[] | null>();
  for (const match of matchesOf(query)) {
    const kind = WORDS_OF_FIELD[match.field];
    if (kind !== undefined) words.set(match, await findWordNumbers(rows, project, kind, match.test));
    if (match.field === 'signature') groups.set(match, await findGroupIds(rows, project, match.test));
  }
  return { words: (match) => words.get(match) ?? [], groups: (match) => groups.get(match) ?? null };
}

function matchesOf(query: Query): Match[] {
  if (query.kind === 'match') return [query];
  return query.kind === 'not' ? matchesOf(query.part) : query.parts.flatMap(matchesOf);
}

async function findWordNumbers(rows: LenientRows, project: ProjectId, kind: WordKind, test: Test): Promise<number[]> {
  const pattern = likePattern(test) ?? '%';
  const found = await rows.$queryRaw<{ id: number }[]>`SELECT id FROM lenient.word
    WHERE project = ${project} AND kind = ${kind} AND lower(text) LIKE ${pattern} LIMIT ${WORDS_MAX + 1}::int`;
  if (found.length > WORDS_MAX) throw new LenientStoreError('lenient-store.too-many-names');
  return found.map((it) => it.id);
}

async function findGroupIds(rows: LenientRows, project: ProjectId, test: Test): Promise<string[] | null> {
  const pattern = likePattern(test) ?? '%';
  const found = await rows.$queryRaw<{ id: string }[]>`SELECT id FROM lenient.crash_group
    WHERE project = ${project} AND lower(signature) LIKE ${pattern} LIMIT ${GROUPS_MAX + 1}::int`;
  return found.length > GROUPS_MAX ? null : found.map((it) => it.id);
}
