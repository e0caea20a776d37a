/** Moments are milliseconds since 1970. The zone is the reader's own where none is given. */
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = JSON.stringify([options, timeZone]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', timeZone === undefined ? options : { ...options, timeZone });
  cache.set(key, made);
  return made;
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const SHORT_CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** `14:02:11` */
export function formatClock(moment: number, timeZone?: string): string {
  return formatter(CLOCK, timeZone).format(moment);
}

/** `14:02` */
export function formatShortClock(moment: number, timeZone?: string): string {
  return formatter(SHORT_CLOCK, timeZone).format(moment);
}

/** `22 Nov`, and `22 Nov 2026` where the year is not that of `now`. */
export function formatDay(moment: number, now: number, timeZone?: string): string {
  const year = formatter({ year: 'numeric' }, timeZone);
  const day = { day: 'numeric', month: 'short' } as const;
  if (year.format(moment) === year.format(now)) return months(formatter(day, timeZone).format(moment));
  return months(formatter({ ...day, year: 'numeric' }, timeZone).format(moment));
}

/** `22 Nov, 14:02:11` */
export function formatMoment(moment: number, now: number, timeZone?: string): string {
  return `${formatDay(moment, now, timeZone)}, ${formatClock(moment, timeZone)}`;
}

/** `now`, `2 min`, `3 h`, `5 d`, then the day: how long ago, for the narrow right edge of a list. */
export function formatAgo(moment: number, now: number, timeZone?: string): string {
  const seconds = Math.max(0, (now - moment) / 1000);
  if (seconds < 45) return 'now';
  if (seconds < 3570) return `${String(Math.max(1, Math.round(seconds / 60)))} min`;
  if (seconds < 84_600) return `${String(Math.round(seconds / 3600))} h`;
  if (seconds < 14 * 86_400) return `${String(Math.round(seconds / 86_400))} d`;
  return formatDay(moment, now, timeZone);
}

/** `just now`, `2 min ago`, `on 2 Nov`: for use in a sentence. */
export function formatWhen(moment: number, now: number, timeZone?: string): string {
  const ago = formatAgo(moment, now, timeZone);
  if (ago === 'now') return 'just now';
  return /^\d+ (?:min|h|d)$/u.test(ago) ? `${ago} ago` : `on ${ago}`;
}

/** The en-GB locale of ICU writes four letters for one month only. */
function months(text: string): string {
  return text.replace('Sept', 'Sep');
}
