import { z } from 'zod';
import { DumpIdText, GrantIdText, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { Instant } from './common.js';

const count = z.int().min(0);
const Rotation = z.enum(['open', 'rotating', 'rotated', 'accepted']);

export const FindingsQuery = z.strictObject({ project: ProjectIdText.optional() });

/** One secret: what it is, never its value. */
export const Finding = z.object({
  id: z.uuid(),
  project: ProjectIdText,
  kind: z.string(),
  level: count.max(5),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  /** SHA-256 of the public key's SPKI in hex, and its ssh fingerprint: whose key it is. */
  spki: z.string().nullable(),
  ssh: z.string().nullable(),
  /** When the first dump that holds it arrived, and since when a set that runs here sees it. */
  present_since: Instant,
  detectable_since: Instant,
  found_at: Instant,
  dumps: count,
  sightings: count,
  rotation: Rotation,
  owner: z.string().nullable(),
  note: z.string().nullable(),
  rotation_at: Instant.nullable(),
});

export const FindingsAnswer = z.object({ findings: z.array(Finding) });

export const ExposureQuery = z.strictObject({ secret: z.uuid().optional(), dump: DumpIdText.optional() });

const Span = z.object({ offset: count, length: z.int().min(1) });

/** A grant whose ranges held bytes of it. */
const CouldRead = z.object({
  grant: GrantIdText,
  dump: DumpIdText,
  person: PersonIdText,
  device: z.string().nullable(),
  state: z.string(),
  from: Instant,
  until: Instant,
  /** Bytes of the secrets that its ranges held, whether they were read or not. */
  bytes: count,
});

/** A read of one of its dumps, by the ledger's leaf. */
const DidRead = z.object({
  leaf: z.uuid(),
  index: count.nullable(),
  at: Instant,
  grant: GrantIdText,
  dump: DumpIdText,
  person: PersonIdText,
  device: z.string().nullable(),
  ranges: z.array(Span),
  bytes: count,
  /** Bytes that a mask hid. */
  hidden: count,
  /** Bytes of the secrets that it showed, exactly. */
  of_secret: count,
  seen: z.array(Span),
  /** Whether it was masked already: what was shown after that is a fault of ours. */
  when: z.enum(['before', 'after']),
});

export const ExposureAnswer = z.object({
  findings: z.array(Finding),
  /** Bytes of the secrets in all their sightings, and how many of those anybody was shown. */
  secret_bytes: count,
  seen_bytes: count,
  sightings: z.array(
    z.object({
      secret: z.uuid(),
      dump: DumpIdText,
      /** Of what was sent beside the dump; null for the dump itself. */
      part: z.uuid().nullable(),
      address: z.string().nullable(),
      offset: count,
      length: z.int().min(1),
      detector: z.string(),
      present_since: Instant,
      detectable_since: Instant,
      found_at: Instant,
    }),
  ),
  could: z.array(CouldRead),
  did: z.array(DidRead),
  people: z.record(z.string(), z.string()),
});

export const RotationBody = z.strictObject({
  rotation: Rotation,
  owner: z.string().trim().min(1).max(200).nullable(),
  note: z.string().trim().min(1).max(2000).nullable(),
});
