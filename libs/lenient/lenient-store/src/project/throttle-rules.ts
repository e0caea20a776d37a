import { randomUUID } from 'node:crypto';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';
import { Prisma } from '../generated/client.js';
import type { LenientRows } from '../lenient-store.js';

export const ThrottleField = z.enum(['product', 'version', 'channel']);
/** `defer`: kept, and walked when the sweeper finds it; `fake-accept`: thrown away, and the client is told that all is well. */
export const ThrottleAction = z.enum(['accept', 'defer', 'reject', 'fake-accept']);

export const ThrottleRule = z.object({
  /** What a client says in the query string; null: every upload. */
  field: ThrottleField.nullable(),
  /** With `*` for any run of characters, without regard to case. */
  pattern: z
    .string()
    .regex(/^[A-Za-z0-9._+~()* -]{1,64}$/)
    .nullable(),
  action: ThrottleAction,
  /** Of the uploads that fit, how many in a hundred the rule takes; the others go on to the next rule. */
  percent: z.int().min(0).max(100),
});
export type ThrottleRule = z.infer<typeof ThrottleRule>;

export const THROTTLE_RULES_MAX = 50;

/** In the order in which they are asked: the first that takes an upload decides. Without one it is accepted. */
export async function findThrottleRules(tx: SqlTransaction, project: ProjectId): Promise<ThrottleRule[]> {
  const found = await tx.$queryRaw<unknown[]>`SELECT field, pattern, action, percent FROM lenient.throttle_rule
    WHERE project = ${project} ORDER BY place LIMIT ${THROTTLE_RULES_MAX}::int`;
  return found.map((it) => ThrottleRule.parse(it));
}

/** In one transaction: these rules in place of all that there were. */
export async function setThrottleRules(
  rows: LenientRows,
  project: ProjectId,
  by: PersonId,
  rules: readonly ThrottleRule[],
): Promise<void> {
  await rows.throttle_rule.deleteMany({ where: { project } });
  await rows.throttle_rule.createMany({
    data: rules.map((it, place) => ({ ...it, id: randomUUID(), project, place, made_by: by })),
  });
}

/** What is known of an upload before its body is read. */
export interface DeclaredUpload {
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
}

/** `roll`: 0 to 1, a new one for each rule. */
export function throttleOf(
  rules: readonly ThrottleRule[],
  upload: DeclaredUpload,
  roll: () => number,
): ThrottleRule['action'] {
  const taking = rules.find((it) => fits(it, upload) && roll() * 100 < it.percent);
  return taking?.action ?? 'accept';
}

function fits({ field, pattern }: ThrottleRule, upload: DeclaredUpload): boolean {
  if (field === null || pattern === null) return true;
  const value = upload[field]?.toLowerCase();
  return value !== undefined && matches(pattern.toLowerCase().split('*'), value);
}

/** Without a regular expression: a pattern of many stars must not take time. */
function matches(parts: readonly string[], value: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0 || found + part.length > value.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

export interface ThrottleForecast {
  /** Reports of the last days. */
  readonly reports: number;
  /** About how many of them each rule would have taken, and how many none. */
  readonly taken: readonly number[];
  readonly untouched: number;
}

/** What rules would have done to the reports of some days: counts alone, from the counters. Clients that declare less are not known. */
export async function forecastThrottle(
  rows: LenientRows,
  project: ProjectId,
  rules: readonly ThrottleRule[],
  days: number,
): Promise<ThrottleForecast> {
  const found = await rows.$queryRaw<{ product: string; version: string; channel: string; count: bigint }[]>(Prisma.sql`
    SELECT d.product, d.version, d.channel, sum(c.count)::bigint AS count FROM lenient.project_day AS c
      JOIN lenient.dims AS d ON d.id = c.dims_id
    WHERE c.project = ${project} AND c.day > (now() AT TIME ZONE 'UTC')::date - ${days}::int GROUP BY 1, 2, 3`);
  const taken = rules.map(() => 0);
  let [reports, untouched] = [0, 0];
  for (const { count, ...declared } of found) {
    let left = Number(count);
    reports += left;
    for (const [i, rule] of rules.entries()) {
      if (!fits(rule, declared)) continue;
      const now = (left * rule.percent) / 100;
      taken[i] = (taken[i] ?? 0) + now;
      left -= now;
    }
    untouched += left;
  }
  return { reports, taken: taken.map(Math.round), untouched: Math.round(untouched) };
}
