import { DeviceJwk } from '@crashkeep/access';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { z } from 'zod';
import { type EndedGrant, endedFrom } from '../grants/run-grant.js';

export const DEVICE_KINDS = ['browser', 'cli'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** A key that reads are proved with. */
export interface DeviceRow {
  /** RFC 7638. */
  readonly thumbprint: string;
  readonly person: PersonId;
  readonly kind: DeviceKind;
  readonly label: string;
  readonly jwk: DeviceJwk;
  readonly createdAt: Date;
  readonly seenAt: Date | null;
  readonly revokedAt: Date | null;
}

const Columns = z.object({
  thumbprint: z.string(),
  person_id: PersonIdText,
  kind: z.enum(DEVICE_KINDS),
  label: z.string(),
  jwk: DeviceJwk,
  created_at: z.date(),
  seen_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
});

function deviceFrom(row: unknown): DeviceRow {
  const {
    person_id: person,
    created_at: createdAt,
    seen_at: seenAt,
    revoked_at: revokedAt,
    ...rest
  } = Columns.parse(row);
  return { ...rest, person, createdAt, seenAt, revokedAt };
}

/** False where that key is named already, also by somebody else: a key belongs to the first who proved it. */
export async function insertDevice(
  tx: SqlTransaction,
  device: Pick<DeviceRow, 'thumbprint' | 'person' | 'kind' | 'label' | 'jwk'>,
): Promise<boolean> {
  const { thumbprint, person, kind, label, jwk } = device;
  const changed = await tx.$executeRaw`INSERT INTO strict.device (thumbprint, person_id, kind, label, jwk, created_at)
    VALUES (${thumbprint}, ${person}::uuid, ${kind}, ${label}, ${JSON.stringify(jwk)}::jsonb, clock_timestamp())
    ON CONFLICT DO NOTHING`;
  return changed === 1;
}

export async function findDevice(tx: SqlTransaction, thumbprint: string): Promise<DeviceRow | null> {
  const [row] = await tx.$queryRaw<unknown[]>`SELECT * FROM strict.device WHERE thumbprint = ${thumbprint}`;
  return row === undefined ? null : deviceFrom(row);
}

/** A person's, or everybody's; those that are not revoked, newest first. */
export async function listDevices(tx: SqlTransaction, person: PersonId | null): Promise<DeviceRow[]> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT * FROM strict.device WHERE revoked_at IS NULL
      AND (${person}::uuid IS NULL OR person_id = ${person}::uuid) ORDER BY created_at DESC, thumbprint LIMIT 1000`;
  return rows.map(deviceFrom);
}

export async function renameDevice(tx: SqlTransaction, thumbprint: string, label: string): Promise<void> {
  await tx.$executeRaw`UPDATE strict.device SET label = ${label} WHERE thumbprint = ${thumbprint}`;
}

/** Revokes it, and on their own rows every grant that it may read under. False where it was revoked already. */
export async function revokeDevice(
  tx: SqlTransaction,
  thumbprint: string,
  by: PersonId,
): Promise<readonly EndedGrant[] | null> {
  const changed = await tx.$executeRaw`UPDATE strict.device SET revoked_at = clock_timestamp(), revoked_by = ${by}::uuid
    WHERE thumbprint = ${thumbprint} AND revoked_at IS NULL`;
  if (changed !== 1) return null;
  const rows = await tx.$queryRaw<
    unknown[]
  >`UPDATE strict.access_grant SET state = 'revoked', ended_at = clock_timestamp(),
      ended_by = ${by}::uuid WHERE device = ${thumbprint} AND state IN ('approved', 'active') RETURNING id, version`;
  return rows.map(endedFrom);
}
