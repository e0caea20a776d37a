import { z } from 'zod';

/** BullMQ's tables for jobs about dumps. */
export const QUEUE_SCHEMA = 'queue_strict';

/** Payloads are ids and nothing else. */
export const JOBS = {
  walk: z.strictObject({ dumpId: z.uuid() }),
  'second-walk': z.strictObject({ dumpId: z.uuid() }),
  screen: z.strictObject({ screeningId: z.uuid() }),
  'convert-symbols': z.strictObject({ symbolFileId: z.uuid() }),
} as const;

export type QueueName = keyof typeof JOBS;
export type JobOf<Q extends QueueName> = z.infer<(typeof JOBS)[Q]>;
