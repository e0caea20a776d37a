import { z } from 'zod';

const count = z.int().min(0);
const FileRangePair = z.tuple([count, z.int().min(1)]);

/**
 * What a screen's child may say: kinds, places, counts, public halves. `digest` is of the secret and leaves the worker's
 * memory only under the vault's own key; there is no place for a value.
 */
const ScreenedSecret = z.strictObject({
  kind: z.string().regex(/^[a-z0-9-]{1,64}$/),
  level: z.int().min(0).max(5),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  /** 128 bits, lower hex; null where the value is not known. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  /** SHA-256 of the SubjectPublicKeyInfo, lower hex. */
  spki: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** As `ssh-keygen -l` prints it. */
  ssh: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
    .nullable(),
});

/** Offsets and lengths in bytes of the plaintext file. */
const ScreenedSighting = z.strictObject({
  /** Ordinal in `secrets`. */
  secret: count,
  offset: count,
  length: z.int().min(1),
  address: z
    .string()
    .regex(/^0x[0-9a-f]{1,16}$/)
    .nullable(),
  /** `id@version` */
  detector: z.string().regex(/^[a-z0-9-]{1,32}@[0-9]{1,4}$/),
  /** All that this sighting masks: its pieces in the file, widened where the library knows by how much. */
  ranges: z.array(FileRangePair).min(1).max(64),
});

export const ScreenAnswer = z.strictObject({
  status: z.enum(['complete', 'partial', 'failed']),
  detectors: count,
  skipped: z
    .array(
      z.strictObject({
        detector: z.string().regex(/^[a-z0-9-]{1,32}$/),
        reason: z.enum([
          ...(['beyond-file', 'byte-budget', 'time-budget', 'candidate-budget', 'work-budget'] as const),
          ...(['finding-budget', 'unreadable'] as const),
        ]),
        count,
      }),
    )
    .max(256),
  unsearched: z.array(FileRangePair).max(65_536),
  secrets: z.array(ScreenedSecret).max(100_000),
  sightings: z.array(ScreenedSighting).max(100_000),
  claimedBytes: count,
  readBytes: count,
  constantBytes: count,
});
export type ScreenAnswer = z.infer<typeof ScreenAnswer>;
