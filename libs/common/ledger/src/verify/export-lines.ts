import { z } from 'zod';
import { SALT_BYTES } from '../entry/entry.js';

/** The first line of an export: what the others prove themselves against. */
export const ExportHead = z.strictObject({
  format: z.literal('crashkeep/ledger-export/v1'),
  /** A signed note. */
  checkpoint: z.string().max(64 * 1024),
  /** Notes by which one key of the ledger named the next. */
  successions: z.array(z.string().max(64 * 1024)).max(64),
});

/** One leaf, with everything that its proof needs. */
export const ExportedLeaf = z.strictObject({
  index: z.int().min(0),
  salt: z.string().regex(new RegExp(`^[0-9a-f]{${String(SALT_BYTES * 2)}}$`)),
  /** The text that was hashed behind the salt. */
  entry: z.string().max(64 * 1024),
  proof: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/)).max(63),
});
export type ExportedLeaf = z.infer<typeof ExportedLeaf>;
