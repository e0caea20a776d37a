import { randomUUID } from 'node:crypto';
import type { StrictRows } from '../rows/strict-store.js';
import type { MaskStatement } from './mask-statement.js';

/**
 * Adds a mask set and tells every grant of the dump, in the transaction of `rows` (READ COMMITTED). The dump's row is locked
 * first: a grant that is being asked for meanwhile waits, or is seen. So each read that commits later is charged under the
 * new set, or not at all. Returns the set's id.
 */
export async function insertMask(
  rows: StrictRows,
  mask: Omit<MaskStatement, 'number'>,
  sign: (mask: MaskStatement) => { readonly text: string; readonly signature: string },
): Promise<{ readonly id: string; readonly number: number; readonly grants: number }> {
  await rows.$queryRaw`SELECT id FROM strict.dump WHERE id = ${mask.dump}::uuid FOR UPDATE`;
  const last = await rows.mask_set.findFirst({
    where: { dump_id: mask.dump },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const number = (last?.number ?? 0) + 1;
  const { text, signature } = sign({ ...mask, number });
  const id = randomUUID();
  await rows.mask_set.create({
    data: { id, dump_id: mask.dump, number, detectors: mask.detectors, statement: text, signature },
    select: { id: true },
  });
  const grants = await rows.$executeRaw`UPDATE strict.access_grant SET mask_epoch = mask_epoch + 1
    WHERE dump_id = ${mask.dump}::uuid AND state IN ('requested', 'approved', 'active')`;
  return { id, number, grants };
}

export interface MaskRow {
  readonly id: string;
  readonly dump: string;
  readonly statement: string;
  readonly signature: string;
}

export async function findMask(rows: StrictRows, id: string): Promise<MaskRow | null> {
  const row = await rows.mask_set.findUnique({
    where: { id },
    select: { dump_id: true, statement: true, signature: true },
  });
  return row && { id, dump: row.dump_id, statement: row.statement, signature: row.signature };
}

export interface DetectorSetRow {
  readonly number: number;
  readonly deployedAt: Date;
  readonly signature: string;
}

/** Newest first. */
export async function detectorSets(rows: StrictRows): Promise<DetectorSetRow[]> {
  const found = await rows.detector_set.findMany({ orderBy: { number: 'desc' } });
  return found.map(({ number, deployed_at: deployedAt, signature }) => ({ number, deployedAt, signature }));
}

/** Makes a set known that runs here for the first time. */
export async function announceDetectorSet(rows: StrictRows, number: number, signature: string): Promise<boolean> {
  const made = await rows.$executeRaw`INSERT INTO strict.detector_set (number, signature)
    VALUES (${number}::int, ${signature}) ON CONFLICT (number) DO NOTHING`;
  return made === 1;
}
