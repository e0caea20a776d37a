import type { DumpFormat } from './received-dump.js';
import type { StrictRows } from './strict-store.js';

/** What a worker needs of a dump to walk it. Null headers: walked already, or shredded. */
export interface LeasedDump {
  readonly id: string;
  readonly project: string;
  readonly format: DumpFormat;
  readonly receivedAt: Date;
  readonly objectKey: string;
  readonly sealedBytes: number;
  readonly extractionHeader: Uint8Array | null;
  /** Id of the recipient row whose identity opens the header. */
  readonly extractionRecipient: string;
  readonly product: string | null;
  readonly version: string | null;
  readonly channel: string | null;
  /** This attempt included. */
  readonly attempts: number;
}

export interface LeaseTerms {
  readonly owner: string;
  readonly now: Date;
  /** A lease taken before then belongs to a worker that is dead or stuck: it may be taken over. */
  readonly staleBefore: Date;
}

const LEASED = {
  id: true,
  project: true,
  format: true,
  received_at: true,
  object_key: true,
  sealed_bytes: true,
  extraction_header: true,
  extraction_recipient: true,
  product: true,
  version: true,
  channel: true,
  attempts: true,
} as const;

/** Takes the dump for one attempt, or null where another has it, or it is done with. One statement: two cannot both win. */
export async function leaseForWalk(rows: StrictRows, id: string, terms: LeaseTerms): Promise<LeasedDump | null> {
  const [row] = await rows.dump.updateManyAndReturn({
    where: { id, ...walkable(terms.staleBefore) },
    data: { state: 'walking', attempts: { increment: 1 }, leased_at: terms.now, lease_owner: terms.owner },
    select: LEASED,
  });
  if (!row) return null;
  return {
    ...{ id: row.id, project: row.project, format: row.format, receivedAt: row.received_at, attempts: row.attempts },
    ...{ objectKey: row.object_key, sealedBytes: Number(row.sealed_bytes) },
    ...{ extractionHeader: row.extraction_header, extractionRecipient: row.extraction_recipient },
    ...{ product: row.product, version: row.version, channel: row.channel },
  };
}

/** Dumps that wait, or whose worker went silent: what the sweeper puts on the queue again, oldest first. */
export async function findWalkable(rows: StrictRows, staleBefore: Date, limit: number): Promise<string[]> {
  const found = await rows.dump.findMany({
    where: walkable(staleBefore),
    orderBy: { received_at: 'asc' },
    take: limit,
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

function walkable(staleBefore: Date) {
  return {
    shredded_at: null,
    OR: [{ state: 'queued' as const }, { state: 'walking' as const, leased_at: { lt: staleBefore } }],
  };
}

/** The result, without memory. The worker's headers stay for the screen: `closeExtraction` deletes them. False: lease lost. */
export async function recordWalk(
  rows: StrictRows,
  walk: {
    readonly dumpId: string;
    readonly owner: string;
    readonly walker: number;
    readonly result: object;
    /** Keys of the symbol forms that it could use. */
    readonly forms: readonly string[];
  },
): Promise<boolean> {
  const { dumpId, owner, walker, result, forms } = walk;
  if (!(await endLease(rows, dumpId, owner, { state: 'done', failure: null }))) return false;
  const row = { walker, result, forms: [...forms], walked_at: new Date() };
  await rows.walk.upsert({
    where: { dump_id: dumpId },
    create: { dump_id: dumpId, ...row },
    update: row,
    select: { dump_id: true },
  });
  return true;
}

/**
 * Ends an attempt without a result. `queued` gives it back for another; `failed` parks it, with its header, for who looks
 * into it. `failure` is an `area.reason`. False: lease lost.
 */
export async function endFailedWalk(
  rows: StrictRows,
  end: {
    readonly dumpId: string;
    readonly owner: string;
    readonly failure: string;
    readonly state: 'queued' | 'failed';
  },
): Promise<boolean> {
  return endLease(rows, end.dumpId, end.owner, { state: end.state, failure: end.failure });
}

/** Says that the worker lives and still walks. False: lease lost. */
export async function renewLease(rows: StrictRows, dumpId: string, owner: string, now: Date): Promise<boolean> {
  const where = { id: dumpId, state: 'walking' as const, lease_owner: owner };
  return (await rows.dump.updateMany({ where, data: { leased_at: now } })).count === 1;
}

/**
 * Gives an attempt back for later: nobody owns it, and it counts as taken until `leasedAt` is stale, which may lie ahead.
 * An attempt that is not `counted` was no fault of the dump. False: lease lost.
 */
export async function postponeWalk(
  rows: StrictRows,
  end: {
    readonly dumpId: string;
    readonly owner: string;
    readonly failure: string;
    readonly leasedAt: Date;
    readonly counted: boolean;
  },
): Promise<boolean> {
  const { count } = await rows.dump.updateMany({
    where: { id: end.dumpId, state: 'walking', lease_owner: end.owner },
    data: {
      ...{ failure: end.failure, leased_at: end.leasedAt, lease_owner: null },
      ...(end.counted ? {} : { attempts: { decrement: 1 } }),
    },
  });
  return count === 1;
}

async function endLease(
  rows: StrictRows,
  id: string,
  owner: string,
  data: { readonly state: 'queued' | 'done' | 'failed'; readonly failure: string | null },
): Promise<boolean> {
  const where = { id, state: 'walking' as const, lease_owner: owner };
  const { count } = await rows.dump.updateMany({ where, data: { ...data, leased_at: null, lease_owner: null } });
  return count === 1;
}
