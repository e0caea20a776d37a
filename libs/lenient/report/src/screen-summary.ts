import { z } from 'zod';

/** More of one severity than this is told as this many. */
export const SCREEN_COUNT_MAX = 255;

const count = z.int().min(0).max(SCREEN_COUNT_MAX);

/**
 * What may be said of a screening on the lenient side: whether it was done and by which set, and how many secrets were found
 * (each masked), by severity. Not their kinds, not their places. Capacity: 2 bits of state, 5 counts of 8 bits; the set's
 * number is the vault's own. Never "clean": a set that found nothing is named.
 */
export const ScreenSummary = z.strictObject({
  state: z.enum(['none', 'partial', 'complete', 'failed']),
  detectors: z.int().min(0).max(9999),
  critical: count,
  high: count,
  medium: count,
  low: count,
  info: count,
});
export type ScreenSummary = z.infer<typeof ScreenSummary>;
