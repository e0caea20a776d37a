import { ProjectIdText } from '@crashkeep/ids';
import { writeReport } from '@crashkeep/lenient-store';
import {
  type SymbolFileRow,
  type WalkRow,
  findDeclaredDump,
  findWalk,
  findWalksWithModule,
  lockWalk,
  wantSecondWalk,
} from '@crashkeep/strict-store';
import { WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { hasGuessedFrames } from '../walk/guessed-frames.js';
import { reportFacts } from '../walk/report-facts.js';
import { settleReport } from '../walk/settle-report.js';
import { type SymbolDesk, isOf, moduleKeysOf } from './symbol-desk.js';

const PAGE = 100;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Gives the frames of stored walks their names, from symbols that came after them: no dump is opened. Reports and groups are
 * written anew. Where the walk had guessed, and the new symbols tell how to unwind, a second walk is asked for, which takes a lease.
 */
export async function nameStoredWalks(rooms: Rooms, desk: SymbolDesk, file: SymbolFileRow): Promise<number> {
  const unwinds = await desk.unwinds(file);
  let named = 0;
  for (let after = BEFORE_ALL; ;) {
    const ids = await findWalksWithModule(rooms.store.rows, file.project, idsOf(file), { after, limit: PAGE });
    for (const id of ids) {
      await nameStoredWalk(rooms, desk, { id, file, unwinds });
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

async function nameStoredWalk(
  rooms: Rooms,
  desk: SymbolDesk,
  { id, file, unwinds }: { readonly id: string; readonly file: SymbolFileRow; readonly unwinds: boolean },
): Promise<void> {
  const [walk, dump] = await Promise.all([findWalk(rooms.store.rows, id), findDeclaredDump(rooms.store.rows, id)]);
  if (walk === null || dump === null) return;
  const result = WalkResult.parse(walk.result);
  const project = ProjectIdText.parse(dump.project);
  const facts = await reportFacts(rooms, dump);
  const isWanted = unwinds && isNewTo(walk, file) && hasGuessedFrames(result, ordinalsOf(result, file));
  await settleReport(rooms, desk, { project, result, facts }, null, async (rows, report) => {
    // A second walk that was written meanwhile knows these symbols, or will be found by who names walks for newer ones.
    if (!(await lockWalk(rows, id, walk.walkedAt))) return;
    await writeReport(rows, report, project);
    if (isWanted) await wantSecondWalk(rows, { dumpId: id, project, symbols: file.id });
  });
}

function isNewTo({ forms }: WalkRow, { formKey }: SymbolFileRow): boolean {
  return formKey !== null && !forms.includes(formKey);
}

function ordinalsOf(result: WalkResult, file: SymbolFileRow): Set<number> {
  return new Set(moduleKeysOf(result).flatMap((module, ordinal) => (isOf(file, module) ? [ordinal] : [])));
}
