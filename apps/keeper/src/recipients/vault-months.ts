const DAY_MS = 24 * 3600 * 1000;
/** Months are made this long before they begin, so that a keeper that is down at midnight stops nobody. */
const AHEAD_DAYS = 45;

/** `2026-11`, UTC. */
export const monthOf = (time: Date): string => time.toISOString().slice(0, 7);

/** The months of a project that must have a recipient now: this one and those ahead. */
export function vaultMonths(now: Date): string[] {
  const last = monthOf(new Date(now.getTime() + AHEAD_DAYS * DAY_MS));
  const months = [];
  for (let at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)); monthOf(at) <= last;) {
    months.push(monthOf(at));
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  }
  return months;
}
