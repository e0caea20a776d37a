import type { LenientReport } from '@crashkeep/report';
import type { LeasedDump, StrictRows } from '@crashkeep/strict-store';
import type { WalkResult } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { type FoundForms, type SymbolDesk, formKeysOf } from '../symbols/symbol-desk.js';
import { OpenedDump } from './opened-dump.js';
import { reportFacts } from './report-facts.js';
import { settleReport } from './settle-report.js';

/** What a walk found, and what it cost. */
export interface FinishedWalk {
  readonly result: WalkResult;
  /** Keys of the symbol forms that it could use. */
  readonly forms: readonly string[];
  readonly openedBytes: number;
}

export type WriteWalk = (rows: StrictRows, walk: FinishedWalk, report: LenientReport) => Promise<void>;

/** A walk that did not come to its end, and how much of the dump it had opened by then. */
export class WalkCut extends Error {
  override readonly name = 'WalkCut';
  constructor(
    override readonly cause: unknown,
    readonly openedBytes: number,
  ) {
    super('walk.cut');
  }
}

/** Opens a dump, walks it in a child, names it, and has it written with its report. Throws `WalkCut`. */
export async function walkAndReport(
  rooms: Rooms,
  desk: SymbolDesk,
  dump: LeasedDump,
  write: WriteWalk,
): Promise<{ readonly rounds: number; readonly openedBytes: number; readonly frames: number }> {
  let source: OpenedDump | null = null;
  try {
    source = await OpenedDump.open(rooms, dump);
    return await walkOpened(rooms, desk, { dump, source }, write);
  } catch (error) {
    throw new WalkCut(error, source?.openedBytes ?? 0);
  } finally {
    source?.close();
  }
}

async function walkOpened(
  rooms: Rooms,
  desk: SymbolDesk,
  { dump, source }: { readonly dump: LeasedDump; readonly source: OpenedDump },
  write: WriteWalk,
): Promise<{ readonly rounds: number; readonly openedBytes: number; readonly frames: number }> {
  const { project } = dump;
  let forms: FoundForms = [];
  const { result, cost, ...named } = await rooms.runner.walk({
    ...{ source, project, addresses: false },
    symbols: async (modules) => {
      forms = await desk.find(project, modules);
      return desk.open(forms);
    },
  });
  const { openedBytes } = source;
  const facts = await reportFacts(rooms, dump);
  const walk = { result, forms: formKeysOf(forms), openedBytes };
  await settleReport(rooms, desk, { project, result, facts }, { named, forms }, (rows, report) =>
    write(rows, walk, report),
  );
  return { rounds: cost.rounds, openedBytes, frames: framesIn(result) };
}

function framesIn({ threads }: WalkResult): number {
  return threads.reduce((sum, { frames }) => sum + frames.length, 0);
}
