import { ProjectIdText } from '@crashkeep/ids';
import { writeReport } from '@crashkeep/lenient-store';
import { type SymbolFileRow, findDeclaredDump, findWalk, findWalksWithModule } from '@crashkeep/strict-store';
import { WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { reportFacts } from '../walk/report-facts.js';
import { settleReport } from '../walk/settle-report.js';
import type { SymbolDesk } from './symbol-desk.js';

const PAGE = 100;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Gives the frames of stored walks their names, from symbols that came after them: no dump is opened. Reports and groups are
 * written anew. Frames that were scanned in a module that now has unwind data would need a second walk, and so a lease.
 */
export async function nameStoredWalks(rooms: Rooms, desk: SymbolDesk, file: SymbolFileRow): Promise<number> {
  let named = 0;
  for (let after = BEFORE_ALL; ;) {
    const ids = await findWalksWithModule(rooms.store.rows, file.project, idsOf(file), { after, limit: PAGE });
    for (const id of ids) {
      await nameStoredWalk(rooms, desk, id);
      named++;
    }
    const last = ids.at(-1);
    if (last === undefined) return named;
    after = last;
  }
}

function idsOf({ debugId, codeId }: SymbolFileRow): { debugId: string; codeIds: string[] } {
  return { debugId, codeIds: codeId === null ? [] : [codeId, codeId.toLowerCase()] };
}

async function nameStoredWalk(rooms: Rooms, desk: SymbolDesk, dumpId: string): Promise<void> {
  const [walk, dump] = await Promise.all([
    findWalk(rooms.store.rows, dumpId),
    findDeclaredDump(rooms.store.rows, dumpId),
  ]);
  if (walk === null || dump === null) return;
  const result = WalkResult.parse(walk.result);
  const project = ProjectIdText.parse(dump.project);
  const facts = await reportFacts(rooms, dump);
  await settleReport(rooms, desk, { project, result, facts }, null, (rows, report) =>
    writeReport(rows, report, project),
  );
}
