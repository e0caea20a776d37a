import { DumpIdText } from '@crashkeep/ids';
import { z } from 'zod';

/** All that a worker may ask of the keeper: its door has no word for reading. */
export const LeaseRequest = z.strictObject({
  ask: z.literal('lease'),
  dump: DumpIdText,
  purpose: z.enum(['second-walk']),
});
export type LeaseRequest = z.infer<typeof LeaseRequest>;

export const LeaseRefusal = z.enum([
  /** Never there, shredded, or its month's identity is destroyed. */
  'lease.dump-gone',
  /** No row says why the dump should be opened again. */
  'lease.not-wanted',
  /** Workers have made no identity for today yet, or the keeper has not signed it. */
  'lease.no-recipient',
  /** As many of the project's dumps as may be were opened again in this hour. */
  'lease.allowance-spent',
  /** The keeper's own fault; its log says more. */
  'lease.failed',
]);
export type LeaseRefusal = z.infer<typeof LeaseRefusal>;

/** Granted: the header lies in the lease's row. Refused: `again` says from when asking may help. */
export const LeaseAnswer = z.union([
  z.strictObject({ lease: z.uuid() }),
  z.strictObject({ refused: LeaseRefusal, again: z.iso.datetime().nullable() }),
]);
export type LeaseAnswer = z.infer<typeof LeaseAnswer>;
