import type { StrictRows } from './strict-store.js';
import type { LeasedDump } from './walk-lease.js';

/** Says that a dump would be walked better by now. Said again, it stays as it is. */
export async function wantSecondWalk(
  rows: StrictRows,
  wanted: { readonly dumpId: string; readonly project: string; readonly symbols: string },
): Promise<void> {
  const { dumpId, project, symbols } = wanted;
  await rows.second_walk.createMany({ data: { dump_id: dumpId, project, symbols }, skipDuplicates: true });
}

/** While symbols of a project are still coming, its dumps wait: each file by itself would have them opened again. */
const WAIT_FOR_MORE = '10 minutes';

/** Dumps whose time has come and that nobody has in hand, longest wanted first. */
export async function findSecondWalks(rows: StrictRows, staleBefore: Date, limit: number): Promise<string[]> {
  const found = await rows.$queryRaw<{ dump_id: string }[]>`
    SELECT s.dump_id FROM strict.second_walk s
    WHERE s.not_before <= now() AND (s.lease_owner IS NULL OR s.leased_at < ${staleBefore})
      AND (s.wanted_at < now() - ${WAIT_FOR_MORE}::interval OR NOT EXISTS (SELECT FROM strict.symbol_file f
        WHERE f.project = s.project AND f.state IN ('queued', 'converting', 'naming')))
    ORDER BY s.wanted_at LIMIT ${limit}::int`;
  return found.map(({ dump_id }) => dump_id);
}

/** Takes it in hand for one attempt, or null where another has, or it is not its time. Resolves to the attempt's number. */
export async function takeSecondWalk(
  rows: StrictRows,
  dumpId: string,
  { owner, staleBefore }: { readonly owner: string; readonly staleBefore: Date },
): Promise<number | null> {
  const [row] = await rows.second_walk.updateManyAndReturn({
    where: { dump_id: dumpId, ...due(staleBefore) },
    data: { attempts: { increment: 1 }, leased_at: new Date(), lease_owner: owner },
    select: { attempts: true },
  });
  return row?.attempts ?? null;
}

/** Says that the worker lives and still walks. */
export async function renewSecondWalk(rows: StrictRows, dumpId: string, owner: string, now: Date): Promise<void> {
  await rows.second_walk.updateMany({ where: { dump_id: dumpId, lease_owner: owner }, data: { leased_at: now } });
}

/** Puts it off. An attempt that is not `counted` was no fault of the dump. False: another has it now. */
export async function putSecondWalkOff(
  rows: StrictRows,
  off: { readonly dumpId: string; readonly owner: string; readonly notBefore: Date; readonly counted: boolean },
): Promise<boolean> {
  const { count } = await rows.second_walk.updateMany({
    where: { dump_id: off.dumpId, lease_owner: off.owner },
    data: {
      ...{ not_before: off.notBefore, leased_at: null, lease_owner: null },
      ...(off.counted ? {} : { attempts: { decrement: 1 } }),
    },
  });
  return count === 1;
}

/** It was made, or never will be. False: another has it now, or the dump is shredded. */
export async function endSecondWalk(rows: StrictRows, dumpId: string, owner: string): Promise<boolean> {
  return (await rows.second_walk.deleteMany({ where: { dump_id: dumpId, lease_owner: owner } })).count === 1;
}

/** What a worker needs of a dump that was walked before; its header is the keeper's lease. Null once shredded. */
export async function findWalkedDump(
  rows: StrictRows,
  id: string,
): Promise<Omit<LeasedDump, 'extractionHeader' | 'extractionRecipient' | 'attempts'> | null> {
  const row = await rows.dump.findFirst({
    where: { id, shredded_at: null, state: 'done' },
    select: {
      ...{ id: true, project: true, format: true, received_at: true, object_key: true, sealed_bytes: true },
      ...{ product: true, version: true, channel: true },
    },
  });
  if (row === null) return null;
  return {
    ...{ id: row.id, project: row.project, format: row.format, receivedAt: row.received_at },
    ...{ objectKey: row.object_key, sealedBytes: Number(row.sealed_bytes) },
    ...{ product: row.product, version: row.version, channel: row.channel },
  };
}

/** A stored walk is replaced by a better one. */
export async function replaceWalk(
  rows: StrictRows,
  walk: {
    readonly dumpId: string;
    readonly walker: number;
    readonly result: object;
    readonly forms: readonly string[];
  },
): Promise<void> {
  const { dumpId, walker, result, forms } = walk;
  const data = { walker, result, forms: [...forms], walked_at: new Date() };
  await rows.walk.updateMany({ where: { dump_id: dumpId }, data });
}

/** Locks a stored walk until the transaction ends. False: it was replaced since `walkedAt`. */
export async function lockWalk(rows: StrictRows, dumpId: string, walkedAt: Date): Promise<boolean> {
  const found = await rows.$queryRaw<unknown[]>`
    SELECT FROM strict.walk WHERE dump_id = ${dumpId}::uuid AND walked_at = ${walkedAt} FOR UPDATE`;
  return found.length === 1;
}

function due(staleBefore: Date) {
  return { not_before: { lte: new Date() }, OR: [{ lease_owner: null }, { leased_at: { lt: staleBefore } }] };
}
