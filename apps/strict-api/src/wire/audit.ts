import { z } from 'zod';
import { DumpIdText, GrantIdText, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { Instant } from './common.js';

export const AuditQuery = z.strictObject({
  project: ProjectIdText.optional(),
  grant: GrantIdText.optional(),
  dump: DumpIdText.optional(),
  person: PersonIdText.optional(),
  /** Acts, comma-separated: `grant.read,read.denied`. */
  act: z
    .string()
    .max(400)
    .transform((text) => text.split(','))
    .optional(),
  cursor: z.string().max(200).optional(),
});

export const AuditLeaf = z.object({
  id: z.uuid(),
  at: Instant,
  /** ingest, worker, keeper, strict-api or lenient-api: who appended it. */
  process: z.string(),
  /** The leaf as it was hashed: `act` and the act's own fields. */
  body: z.record(z.string(), z.unknown()),
});

/** Newest first. */
export const AuditAnswer = z.object({
  leaves: z.array(AuditLeaf),
  /** Names of the persons that the leaves speak of, by id. */
  people: z.record(z.string(), z.string()),
  next: z.string().nullable(),
});
