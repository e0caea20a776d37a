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
  /** From this instant on, and before that one. */
  from: Instant.optional(),
  to: Instant.optional(),
  cursor: z.string().max(200).optional(),
});

export const AuditLeaf = z.object({
  id: z.uuid(),
  at: Instant,
  /** Its place in the ledger; null until the sequencer has numbered it. */
  index: z.int().nullable(),
  /** ingest, worker, keeper, sequencer, strict-api or lenient-api: who appended it. */
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

/** Everything that a page needs to see for itself that a leaf is in the ledger. */
export const LeafProof = z.object({
  index: z.int(),
  /** Hex, 16 bytes: hashed before the entry. */
  salt: z.string(),
  /** The text that was hashed. */
  entry: z.string(),
  /** Siblings from the leaf upwards, base64. */
  proof: z.array(z.string()),
  /** Of the tree that the checkpoint signs. */
  size: z.int(),
  root: z.string(),
  /** A signed note, and the key that the ledger began with. */
  checkpoint: z.string(),
  key: z.string(),
});
