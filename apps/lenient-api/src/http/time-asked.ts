import { z } from 'zod';
import { consoleProblem } from './console-error.js';

const DAY_MS = 86_400_000;
const DAYS_MAX = 400;
const Moment = z.iso.datetime({ offset: true }).or(z.iso.date());

/** A time: so many whole days (UTC) up to today, or from an instant or day to another, which does not belong to it. */
export const TimeQuery = z.object({
  days: z.coerce.number().int().min(1).max(DAYS_MAX).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
});

export interface TimeAsked {
  readonly from: Date;
  readonly to: Date;
}

/** Throws `console.bad-time`. */
export function timeAsked(
  { days, from, to }: z.infer<typeof TimeQuery>,
  standardDays: number,
  now = Date.now(),
): TimeAsked {
  const tomorrow = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const end = to === undefined ? tomorrow : Date.parse(to);
  const start = from === undefined ? end - (days ?? standardDays) * DAY_MS : Date.parse(from);
  if (start >= end || end - start > DAYS_MAX * DAY_MS || (days !== undefined && from !== undefined)) {
    throw consoleProblem('console.bad-time');
  }
  return { from: new Date(start), to: new Date(end) };
}

/** The days that a time touches, as dates; both belong to it. */
export function daysAsked({ from, to }: TimeAsked): TimeAsked {
  const dayOf = (instant: number): Date => new Date(Math.floor(instant / DAY_MS) * DAY_MS);
  return { from: dayOf(from.getTime()), to: dayOf(to.getTime() - 1) };
}
