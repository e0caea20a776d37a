import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { writeDumpState } from '@crashkeep/lenient-store';
import { type LeasedDump, endFailedWalk, postponeWalk } from '@crashkeep/strict-store';
import type { Rooms } from '../rooms.js';
import { retryDelay } from '../worker-limits.js';
import type { AttemptFailure } from './attempt-failure.js';

/** Ends an attempt without a walk: parked as failed with its reason, or given back for later. The dump itself is not touched. */
export async function endAttempt(
  rooms: Rooms,
  dump: LeasedDump,
  { code, retry }: AttemptFailure,
  openedBytes: number,
): Promise<void> {
  const isParked = retry === 'never' || (retry === 'counted' && dump.attempts >= rooms.limits.attempts);
  if (isParked) await park(rooms, dump, code, openedBytes);
  else await giveBack(rooms, dump, { code, retry }, openedBytes);
  rooms.log.warn(isParked ? 'walk.parked' : 'walk.postponed', { dump: dump.id, code, attempt: dump.attempts });
}

async function park(rooms: Rooms, dump: LeasedDump, code: AttemptFailure['code'], openedBytes: number): Promise<void> {
  const id = DumpIdText.parse(dump.id);
  const project = ProjectIdText.parse(dump.project);
  await rooms.store.transaction(async (rows) => {
    const end = { dumpId: dump.id, owner: rooms.owner, failure: code, state: 'failed' } as const;
    if (!(await endFailedWalk(rows, end))) return;
    await writeDumpState(rows, { change: 'failed', dump: id, failure: code, openedBytes });
    await appendLeaf(rows, 'worker', { act: 'dump.walk-failed', dump: id, project, code });
  });
}

async function giveBack(rooms: Rooms, dump: LeasedDump, failure: AttemptFailure, openedBytes: number): Promise<void> {
  const { limits, owner, store } = rooms;
  // The lease is stale when the delay is over: that is when the sweeper finds it.
  const leasedAt = new Date(Date.now() + retryDelay(limits, dump.attempts) - limits.leaseMs);
  const counted = failure.retry === 'counted';
  await store.transaction(async (rows) => {
    if (!(await postponeWalk(rows, { dumpId: dump.id, owner, failure: failure.code, leasedAt, counted }))) return;
    await writeDumpState(rows, { change: 'requeued', dump: DumpIdText.parse(dump.id), openedBytes });
  });
}
