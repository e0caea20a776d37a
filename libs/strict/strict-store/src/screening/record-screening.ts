import { randomUUID } from 'node:crypto';
import type { StrictRows } from '../rows/strict-store.js';

export type ScreeningEnd = 'complete' | 'partial' | 'failed';

/** What was not searched, and why. `part` null: of the dump itself. */
export interface ScreeningSkip {
  readonly part: string | null;
  readonly detector: string;
  readonly reason: string;
  readonly count: number;
}

export interface FoundSecret {
  readonly kind: string;
  readonly level: number;
  readonly severity: string;
  /** By the vault's key; null where the value is not known. */
  readonly fingerprint: string | null;
  readonly spki: string | null;
  readonly ssh: string | null;
  readonly sightings: readonly FoundSighting[];
}

export interface FoundSighting {
  readonly part: string | null;
  readonly offset: number;
  readonly length: number;
  readonly address: string | null;
  readonly detector: string;
  readonly ranges: readonly (readonly [number, number])[];
}

export interface ScreeningToEnd {
  readonly id: string;
  readonly owner: string;
  readonly state: ScreeningEnd;
  readonly failure: string | null;
  readonly skipped: readonly ScreeningSkip[];
  readonly claimedBytes: number;
  readonly readBytes: number;
  readonly constantBytes: number;
}

/** False: lease lost, nothing was written. */
export async function endScreening(rows: StrictRows, end: ScreeningToEnd): Promise<boolean> {
  const { count } = await rows.screening.updateMany({
    where: { id: end.id, state: 'screening', lease_owner: end.owner },
    data: {
      ...{ state: end.state, failure: end.failure, skipped: end.skipped.map((skip) => ({ ...skip })) },
      ...{ claimed_bytes: end.claimedBytes, read_bytes: end.readBytes, constant_bytes: end.constantBytes },
      ...{ leased_at: null, lease_owner: null, finished_at: new Date() },
    },
  });
  return count === 1;
}

/**
 * Writes what was found: one row a secret, wherever it was seen, and one a sighting. What an older set saw keeps the day on
 * which it was first seen and could first be seen.
 */
export async function recordFindings(
  rows: StrictRows,
  about: {
    readonly screening: string;
    readonly dump: string;
    readonly project: string;
    readonly presentSince: Date;
    readonly detectableSince: Date;
  },
  secrets: readonly FoundSecret[],
): Promise<void> {
  for (const secret of secrets) {
    const id = await secretRow(rows, about, secret);
    const sightings = secret.sightings.map((sighting) => ({ id: randomUUID(), ...sighting }));
    await rows.$executeRaw`INSERT INTO strict.sighting (id, secret_id, dump_id, part_id, "offset", length, address, ranges,
        detector, level, severity, present_since, detectable_since, screening_id)
      SELECT s.id, ${id}::uuid, ${about.dump}::uuid, s.part, s."offset", s.length, s.address, s.ranges, s.detector,
        ${secret.level}::int, ${secret.severity}, ${about.presentSince}::timestamptz, ${about.detectableSince}::timestamptz,
        ${about.screening}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(sightings)}::jsonb)
        AS s(id uuid, part uuid, "offset" bigint, length bigint, address text, ranges jsonb, detector text)
      ON CONFLICT DO NOTHING`;
  }
}

async function secretRow(
  rows: StrictRows,
  { project, dump }: { readonly project: string; readonly dump: string },
  secret: FoundSecret,
): Promise<string> {
  if (secret.fingerprint === null) return (await sameShape(rows, dump, secret)) ?? insertSecret(rows, project, secret);
  const [row] = await rows.$queryRaw<{ id: string }[]>`INSERT INTO strict.secret
      (id, project, kind, fingerprint, spki, ssh, level, severity)
    VALUES (${randomUUID()}::uuid, ${project}, ${secret.kind}, ${secret.fingerprint}, ${secret.spki}, ${secret.ssh},
      ${secret.level}::int, ${secret.severity})
    ON CONFLICT (project, kind, fingerprint) DO UPDATE SET level = greatest(secret.level, excluded.level),
      severity = excluded.severity RETURNING id`;
  if (row === undefined) throw new Error('strict-store.not-written');
  return row.id;
}

/** A secret of which only the shape is known is the same one where it lies at the same place of the same dump. */
async function sameShape(rows: StrictRows, dump: string, { kind, sightings }: FoundSecret): Promise<string | null> {
  const [first] = sightings;
  if (first === undefined) return null;
  const found = await rows.sighting.findFirst({
    where: { dump_id: dump, part_id: first.part, offset: first.offset, secret: { kind, fingerprint: null } },
    select: { secret_id: true },
  });
  return found?.secret_id ?? null;
}

async function insertSecret(rows: StrictRows, project: string, secret: FoundSecret): Promise<string> {
  const { kind, spki, ssh, level, severity } = secret;
  const id = randomUUID();
  await rows.$executeRaw`INSERT INTO strict.secret (id, project, kind, spki, ssh, level, severity)
    VALUES (${id}::uuid, ${project}, ${kind}, ${spki}, ${ssh}, ${level}::int, ${severity})`;
  return id;
}
