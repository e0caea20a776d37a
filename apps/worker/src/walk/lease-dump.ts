import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { writeDumpState } from '@crashkeep/lenient-store';
import { type LeasedDump, countUnconverted, findDeclaredDump, leaseForWalk } from '@crashkeep/strict-store';
import type { Rooms } from '../rooms.js';

/** Takes the dump for one attempt: lease, state and leaf together. Null where there is nothing to take, or not yet. */
export async function leaseDump(rooms: Rooms, dumpId: string): Promise<LeasedDump | null> {
  if (await waitsForSymbols(rooms, dumpId)) return null;
  const { store, owner, limits } = rooms;
  const now = new Date();
  const staleBefore = new Date(now.getTime() - limits.leaseMs);
  return store.transaction(async (rows) => {
    const dump = await leaseForWalk(rows, dumpId, { owner, now, staleBefore });
    if (dump === null) return null;
    const id = DumpIdText.parse(dump.id);
    const project = ProjectIdText.parse(dump.project);
    await writeDumpState(rows, { change: 'walking', dump: id });
    await appendLeaf(rows, 'worker', { act: 'dump.leased', dump: id, project, attempt: dump.attempts });
    return dump;
  });
}

/** Symbols of its project are on their way: a walk without them would only have to be named again. The sweeper asks later. */
async function waitsForSymbols({ store, limits }: Rooms, dumpId: string): Promise<boolean> {
  const dump = await findDeclaredDump(store.rows, dumpId);
  if (dump === null || Date.now() - dump.receivedAt.getTime() >= limits.symbolWaitMs) return false;
  return (await countUnconverted(store.rows, dump.project)) > 0;
}
