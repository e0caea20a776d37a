import { type DumpFacts, disclose } from '@crashkeep/airlock';
import type { LenientReport } from '@crashkeep/report';
import { type StrictRows, lockFormsOf } from '@crashkeep/strict-store';
import type { NamedWalk, WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { type FoundForms, type SymbolDesk, isNews, moduleKeysOf } from '../symbols/symbol-desk.js';

export interface WalkToReport {
  readonly project: string;
  readonly result: WalkResult;
  readonly facts: DumpFacts;
}

/** A walk with the names that these forms gave it. */
export interface NamedByForms {
  readonly named: NamedWalk;
  readonly forms: FoundForms;
}

/** Forms that keep coming in name the walk afterwards all the same: each names older walks when it begins to serve. */
const ROUNDS = 8;

/**
 * Names a walk, discloses it and has it written, in a transaction that saw no newer symbols than the names are of. So a walk
 * and the symbols that come while it is written cannot miss each other.
 */
export async function settleReport(
  rooms: Rooms,
  desk: SymbolDesk,
  walk: WalkToReport,
  known: NamedByForms | null,
  write: (rows: StrictRows, report: LenientReport) => Promise<void>,
): Promise<void> {
  const modules = moduleKeysOf(walk.result);
  let current = known ?? (await nameNow(rooms, desk, walk));
  for (let round = 1; ; round++) {
    const { named, forms } = current;
    const report = disclose(named, walk.facts);
    const written = await rooms.store.transaction(async (rows) => {
      await lockFormsOf(rows, walk.project, 'together');
      if (round < ROUNDS && isNews(forms, await desk.find(walk.project, modules, rows))) return false;
      await write(rows, report);
      return true;
    });
    if (written) return;
    current = await nameNow(rooms, desk, walk);
  }
}

async function nameNow({ runner }: Rooms, desk: SymbolDesk, { project, result }: WalkToReport): Promise<NamedByForms> {
  const forms = await desk.find(project, moduleKeysOf(result));
  return { named: await runner.name(result, await desk.open(forms)), forms };
}
