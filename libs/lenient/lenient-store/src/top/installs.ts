import { INSTALLS_MAX } from '../group-counters.js';
import type { LenientRows } from '../lenient-store.js';

/** How many installs: exact while there are at most 256, an estimate (6 % off, mostly) above. */
export interface Installs {
  readonly count: number;
  readonly exact: boolean;
}

/** Hashes have 53 bits. */
const HASHES = 2 ** 53;

/**
 * From the smallest hashes of each day: of all days together the 256 smallest are known, and were the hashes spread evenly, their
 * largest says how many there are.
 */
export function installsOf(days: readonly (readonly number[])[]): Installs {
  const smallest = [...new Set(days.flat())].sort((a, b) => a - b).slice(0, INSTALLS_MAX);
  const last = smallest.at(-1);
  const full = days.some((it) => it.length >= INSTALLS_MAX);
  if (last === undefined || (smallest.length < INSTALLS_MAX && !full)) return { count: smallest.length, exact: true };
  if (!full && new Set(days.flat()).size <= INSTALLS_MAX) return { count: smallest.length, exact: true };
  return { count: Math.round(((smallest.length - 1) * HASHES) / last), exact: false };
}

/** Of each group, of days `from` to `to` (both belong to it). Groups whose clients told none are left out. */
export async function findInstalls(
  rows: LenientRows,
  groupIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, number[][]>> {
  const found = await rows.$queryRaw<{ group_id: string; installs: bigint[] }[]>`SELECT group_id, installs
    FROM lenient.group_install_day WHERE group_id = ANY(${[...groupIds]}::uuid[]) AND day >= ${from}::date AND day <= ${to}::date
      AND cardinality(installs) > 0`;
  const byGroup = new Map<string, number[][]>();
  for (const { group_id: id, installs } of found) {
    const days = byGroup.get(id) ?? [];
    days.push(installs.map(Number));
    byGroup.set(id, days);
  }
  return byGroup;
}

/** Of some groups together in the last days; null where no client told. */
export async function findGroupInstalls(
  rows: LenientRows,
  groupIds: readonly string[],
  days: number,
): Promise<Installs | null> {
  const to = new Date();
  const found = await findInstalls(rows, groupIds, new Date(to.getTime() - days * 86_400_000), to);
  return found.size === 0 ? null : installsOf([...found.values()].flat());
}
