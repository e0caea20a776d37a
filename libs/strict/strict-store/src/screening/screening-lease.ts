import { randomUUID } from 'node:crypto';
import type { StrictRows } from '../rows/strict-store.js';
import type { LeaseTerms } from '../rows/walk-lease.js';

/** A dump, or a part that was sent beside it, as the screen opens it. */
export interface ScreenObject {
  /** Null for the dump itself. */
  readonly part: string | null;
  readonly objectKey: string;
  readonly sealedBytes: number;
  readonly extractionHeader: Uint8Array | null;
}

export interface LeasedScreening {
  readonly id: string;
  readonly dump: string;
  readonly project: string;
  readonly receivedAt: Date;
  readonly detectors: number;
  /** This attempt included. */
  readonly attempts: number;
  /** The signed statement that ordered it; null for the first one. */
  readonly order: string | null;
  /** Id of the recipient row whose identity opens the headers. */
  readonly extractionRecipient: string;
  /** The dump first. */
  readonly objects: readonly ScreenObject[];
}

/**
 * Plans what was never screened: dumps whose walk has ended, whose header is still there, and of which no set as new as this
 * one has said anything. The table is asked, not the queue.
 */
export async function planScreenings(rows: StrictRows, detectors: number, limit: number): Promise<void> {
  const due = await rows.$queryRaw<{ id: string }[]>`SELECT d.id FROM strict.dump d
    WHERE d.state IN ('done', 'failed') AND d.extraction_header IS NOT NULL AND d.shredded_at IS NULL
      AND NOT EXISTS (SELECT FROM strict.screening s WHERE s.dump_id = d.id AND s.detectors >= ${detectors}::int)
    ORDER BY d.received_at LIMIT ${limit}::int`;
  for (const { id } of due) {
    await rows.$executeRaw`INSERT INTO strict.screening (id, dump_id, detectors)
      VALUES (${randomUUID()}::uuid, ${id}::uuid, ${detectors}::int) ON CONFLICT (dump_id, detectors) DO NOTHING`;
  }
}

/** Screenings that wait, or whose worker went silent; oldest first. Those of another set are for workers that run it. */
export async function findScreenable(
  rows: StrictRows,
  detectors: number,
  staleBefore: Date,
  limit: number,
): Promise<string[]> {
  const found = await rows.$queryRaw<{ id: string }[]>`SELECT s.id FROM strict.screening s
    JOIN strict.dump d ON d.id = s.dump_id
    WHERE s.detectors = ${detectors}::int AND (s.state = 'waiting' OR s.state = 'screening')
      AND (s.leased_at IS NULL OR s.leased_at < ${staleBefore})
      AND d.state IN ('done', 'failed') AND (d.extraction_header IS NOT NULL OR s.order_id IS NOT NULL)
      AND d.shredded_at IS NULL
    ORDER BY s.order_id IS NOT NULL, s.created_at LIMIT ${limit}::int`;
  return found.map(({ id }) => id);
}

/** Takes it for one attempt, or null where another has it, or there is nothing to open. One statement: two cannot both win. */
export async function leaseScreening(
  rows: StrictRows,
  id: string,
  { owner, now, staleBefore }: LeaseTerms,
): Promise<LeasedScreening | null> {
  const taken = await rows.$queryRaw<{ id: string }[]>`UPDATE strict.screening s
    SET state = 'screening', attempts = s.attempts + 1, leased_at = ${now}, lease_owner = ${owner}
    FROM strict.dump d WHERE s.id = ${id}::uuid AND d.id = s.dump_id AND s.state IN ('waiting', 'screening')
      AND (s.leased_at IS NULL OR s.leased_at < ${staleBefore})
      AND d.state IN ('done', 'failed') AND (d.extraction_header IS NOT NULL OR s.order_id IS NOT NULL)
      AND d.shredded_at IS NULL
    RETURNING s.id`;
  return taken.length === 0 ? null : readLeased(rows, id);
}

async function readLeased(rows: StrictRows, id: string): Promise<LeasedScreening | null> {
  const sealed = { object_key: true, sealed_bytes: true, extraction_header: true } as const;
  const row = await rows.screening.findUnique({
    where: { id },
    select: {
      ...{ dump_id: true, detectors: true, attempts: true, order_id: true },
      dump: {
        select: {
          ...{ ...sealed, project: true, received_at: true, extraction_recipient: true },
          parts: { select: { id: true, ...sealed }, orderBy: { id: 'asc' } },
        },
      },
    },
  });
  if (row === null) return null;
  const { dump, dump_id: dumpId, detectors, attempts, order_id: order } = row;
  return {
    ...{ id, dump: dumpId, detectors, attempts, order, project: dump.project, receivedAt: dump.received_at },
    extractionRecipient: dump.extraction_recipient,
    objects: [{ ...dump, id: null }, ...dump.parts].map((object) => ({
      ...{ part: object.id, objectKey: object.object_key, sealedBytes: Number(object.sealed_bytes) },
      extractionHeader: object.extraction_header,
    })),
  };
}

/** Says that the worker lives and still screens. */
export async function renewScreening(rows: StrictRows, id: string, owner: string, now: Date): Promise<boolean> {
  const where = { id, state: 'screening', lease_owner: owner };
  return (await rows.screening.updateMany({ where, data: { leased_at: now } })).count === 1;
}

/** Gives an attempt back for later: it counts as taken until `leasedAt` is stale. False: lease lost. */
export async function postponeScreening(
  rows: StrictRows,
  end: {
    readonly id: string;
    readonly owner: string;
    readonly failure: string;
    readonly leasedAt: Date;
    readonly counted: boolean;
  },
): Promise<boolean> {
  const { count } = await rows.screening.updateMany({
    where: { id: end.id, state: 'screening', lease_owner: end.owner },
    data: {
      ...{ failure: end.failure, leased_at: end.leasedAt, lease_owner: null },
      ...(end.counted ? {} : { attempts: { decrement: 1 } }),
    },
  });
  return count === 1;
}
