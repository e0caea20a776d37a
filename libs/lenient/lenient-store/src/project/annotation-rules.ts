import { randomUUID } from 'node:crypto';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { z } from 'zod';
import type { LenientRows } from '../lenient-store.js';
import { LenientStoreError } from '../lenient-store-error.js';

export const AnnotationType = z.enum(['flag', 'number', 'choice', 'version', 'word']);
export const AnnotationState = z.enum(['proposed', 'signed', 'withdrawn']);

/** A bound that a value must keep, by its type: what does not fit is withheld, never cut. */
export const AnnotationTerms = z.discriminatedUnion('type', [
  /** 1, 0, true, false, yes, no. */
  z.object({ type: z.literal('flag') }),
  z.object({ type: z.literal('number'), least: z.int(), most: z.int() }).refine((it) => it.least <= it.most),
  /** One of a closed list of words. */
  z.object({
    type: z.literal('choice'),
    choices: z
      .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/))
      .min(1)
      .max(64),
  }),
  /** Numbers with dots, and a word behind a hyphen. */
  z.object({ type: z.literal('version') }),
  /** Letters, digits, _ and -, at most 32; nothing that looks like a token. */
  z.object({ type: z.literal('word') }),
]);
export type AnnotationTerms = z.infer<typeof AnnotationTerms>;

/** As clients name them. */
export const AnnotationName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/);

export interface AnnotationRule {
  readonly id: string;
  readonly name: string;
  readonly terms: AnnotationTerms;
  readonly why: string;
  readonly state: z.infer<typeof AnnotationState>;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly signedAt: Date | null;
}

const RULES_MAX = 100;

/** Newest first, with those that were withdrawn. */
export async function findAnnotationRules(rows: LenientRows, project: ProjectId): Promise<AnnotationRule[]> {
  const found = await rows.annotation_rule.findMany({
    where: { project },
    orderBy: [{ made_at: 'desc' }, { id: 'desc' }],
    omit: { statement: true },
  });
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    terms: AnnotationTerms.parse({
      type: row.type,
      ...(row.type === 'number' && { least: Number(row.least), most: Number(row.most) }),
      ...(row.type === 'choice' && { choices: row.choices }),
    }),
    why: row.why,
    state: AnnotationState.parse(row.state),
    madeBy: row.made_by,
    madeAt: row.made_at,
    signedAt: row.signed_at,
  }));
}

/** Its id. It shows nothing until it is signed in the reading room. Throws `lenient-store.too-many`. */
export async function proposeAnnotation(
  rows: LenientRows,
  project: ProjectId,
  by: PersonId,
  { name, terms, why }: Pick<AnnotationRule, 'name' | 'terms' | 'why'>,
): Promise<string> {
  if ((await rows.annotation_rule.count({ where: { project, state: { not: 'withdrawn' } } })) >= RULES_MAX) {
    throw new LenientStoreError('lenient-store.too-many');
  }
  const id = randomUUID();
  const bounds = {
    ...(terms.type === 'number' && { least: terms.least, most: terms.most }),
    choices: terms.type === 'choice' ? terms.choices : [],
  };
  await rows.annotation_rule.createMany({
    data: [{ id, project, name, type: terms.type, ...bounds, why, made_by: by }],
  });
  return id;
}

/** Its name. A rule that is signed stops to show with it. Throws `lenient-store.not-there`. */
export async function withdrawAnnotation(rows: LenientRows, project: ProjectId, id: string): Promise<string> {
  const [row] = await rows.$queryRaw<{ name: string }[]>`UPDATE lenient.annotation_rule SET state = 'withdrawn'
    WHERE id = ${id}::uuid AND project = ${project} AND state <> 'withdrawn' RETURNING name`;
  if (row === undefined) throw new LenientStoreError('lenient-store.not-there');
  return row.name;
}

/** Dumps of the last days, and how many of them came with annotations: what a rule can touch. Values are sealed; none is looked at. */
export async function forecastAnnotation(
  rows: LenientRows,
  project: ProjectId,
  days: number,
): Promise<{ readonly dumps: number; readonly withAnnotations: number }> {
  const [row] = await rows.$queryRaw<{ dumps: bigint; annotated: bigint }[]>`
    SELECT count(*) AS dumps, count(*) FILTER (WHERE annotations > 0) AS annotated FROM (SELECT annotations FROM lenient.dump_state
      WHERE project = ${project} AND received_at > now() - make_interval(days => ${days}::int)
      ORDER BY received_at DESC LIMIT 100000) AS newest`;
  return { dumps: Number(row?.dumps ?? 0), withAnnotations: Number(row?.annotated ?? 0) };
}
