import type { KeyProvider } from './key-provider.js';

const DAY_MS = 24 * 3600 * 1000;
/** From a day's beginning: what is still sealed to it then needs a header of the keeper's (DESIGN.md 5). */
const LIFE_MS = 2 * DAY_MS;

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/**
 * Makes today's and tomorrow's identity, and destroys those whose day is over once nothing is sealed to them any more, at the
 * latest 48 hours after their day began. `countOpenable` tells how many dumps an identity still opens. Resolves to what went.
 */
export async function goKeyRound(
  keys: KeyProvider,
  now: Date,
  countOpenable: (day: string) => Promise<number>,
): Promise<string[]> {
  const today = dayOf(now);
  await keys.provide(today);
  await keys.provide(dayOf(new Date(now.getTime() + DAY_MS)));
  const destroyed: string[] = [];
  for (const day of await keys.days()) {
    if (day >= today) continue;
    const isTooOld = now.getTime() >= Date.parse(`${day}T00:00:00Z`) + LIFE_MS;
    if (!isTooOld && (await countOpenable(day)) > 0) continue;
    await keys.destroy(day);
    destroyed.push(day);
  }
  return destroyed;
}
