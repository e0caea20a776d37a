import type { ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { type ReportWords, type Word, keyOf } from './words-of-report.js';

/** Numbers of words, as a report's row holds them. */
export interface WordNumbers {
  /** Ascending. */
  readonly words: number[];
  readonly stack: number[];
}

/** Words are made in one order by all writers, so that two that make the same ones do not wait in a circle. */
export async function findOrMakeWords(
  tx: SqlTransaction,
  project: ProjectId,
  { words, stack }: ReportWords,
): Promise<WordNumbers> {
  const known = await findWords(tx, project, words);
  const missing = words.filter((it) => !known.has(keyOf(it))).sort(byKey);
  if (missing.length > 0) {
    await tx.$executeRaw`INSERT INTO lenient.word (project, kind, text)
      SELECT ${project}, w.kind, w.text FROM unnest(${missing.map((it) => it.kind)}::text[], ${missing.map((it) => it.text)}::text[])
        WITH ORDINALITY AS w (kind, text, place) ORDER BY w.place
      ON CONFLICT (project, kind, text) DO NOTHING`;
    for (const [key, id] of await findWords(tx, project, missing)) known.set(key, id);
  }
  const numberOf = (it: Word): number => known.get(keyOf(it)) ?? 0;
  return { words: words.map(numberOf).sort((a, b) => a - b), stack: stack.map(numberOf) };
}

async function findWords(tx: SqlTransaction, project: ProjectId, words: readonly Word[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map();
  const found = await tx.$queryRaw<{ id: number; place: bigint }[]>`
    SELECT w.id, asked.place FROM unnest(${words.map((it) => it.kind)}::text[], ${words.map((it) => it.text)}::text[])
      WITH ORDINALITY AS asked (kind, text, place)
    JOIN lenient.word AS w ON w.project = ${project} AND w.kind = asked.kind AND w.text = asked.text`;
  return new Map(
    found.flatMap(({ id, place }) => {
      const asked = words[Number(place) - 1];
      return asked === undefined ? [] : [[keyOf(asked), id] as const];
    }),
  );
}

const byKey = (a: Word, b: Word): number => (keyOf(a) < keyOf(b) ? -1 : 1);
