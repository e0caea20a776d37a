import { ProjectIdText } from '@crashkeep/ids';
import { ScreenedTextWire } from '@crashkeep/report';
import { z } from 'zod';

export const AlertKind = z.enum(['new-signature', 'regression', 'spike']);
export type AlertKind = z.infer<typeof AlertKind>;

const count = z
  .int()
  .min(0)
  .max(2 ** 40);

/** One occasion: what fired, of which signature, and the figures that made it fire. */
export const Alert = z.strictObject({
  id: z.uuid(),
  kind: AlertKind,
  project: ProjectIdText,
  group: z.uuid(),
  signature: ScreenedTextWire,
  /** New and back again: reports so far. Spike: reports today (UTC). */
  count,
  /** Spike: the mean of the seven days before; else null. */
  baseline: z
    .number()
    .min(0)
    .max(2 ** 40)
    .nullable(),
  /** Back again: the version that was said to have the fix; null where none was named. */
  fixed_in: ScreenedTextWire.nullable(),
  /** Seconds since 1970. */
  raised_at: z
    .int()
    .min(0)
    .max(2 ** 40),
});
export type Alert = z.infer<typeof Alert>;
