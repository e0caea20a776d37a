import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { writeDumpState, writeReport } from '@crashkeep/lenient-store';
import type { LenientReport } from '@crashkeep/report';
import {
  type LeasedDump,
  type StrictRows,
  closeExtraction,
  closeExtractionLeases,
  endSecondWalk,
  recordWalk,
  replaceWalk,
} from '@crashkeep/strict-store';
import type { FinishedWalk } from './walk-and-report.js';

/** Rises when the same dump would be walked otherwise than before. */
export const WALKER = 1;

/** Another worker has the dump now: what this one found is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface WalkToRecord extends FinishedWalk {
  readonly dump: LeasedDump;
  readonly owner: string;
}

/**
 * All that a walk leaves, in the transaction of `rows`. The extraction header stays for the screen, or goes where that has
 * been before.
 */
export async function writeWalk(rows: StrictRows, walk: WalkToRecord, report: LenientReport): Promise<void> {
  const { dump, owner, openedBytes, forms } = walk;
  const id = DumpIdText.parse(dump.id);
  const project = ProjectIdText.parse(dump.project);
  const result = { ...walk.result, readSet: [] };
  if (!(await recordWalk(rows, { dumpId: dump.id, owner, walker: WALKER, result, forms }))) throw new LeaseLost();
  await writeReport(rows, report, project);
  await writeDumpState(rows, { change: 'done', dump: id, openedBytes });
  await appendLeaf(rows, 'worker', { act: 'dump.walked', dump: id, project, walker: WALKER, bytes: openedBytes });
  if (await closeExtraction(rows, dump.id)) {
    await appendLeaf(rows, 'worker', { act: 'dump.extraction-closed', dump: id, project });
  }
}

/** All that a second walk leaves: it stands in the first one's place, and the keeper's header goes. */
export async function writeSecondWalk(rows: StrictRows, walk: WalkToRecord, report: LenientReport): Promise<void> {
  const { dump, owner, openedBytes, forms } = walk;
  const id = DumpIdText.parse(dump.id);
  const project = ProjectIdText.parse(dump.project);
  // Gone where the dump was shredded meanwhile.
  if (!(await endSecondWalk(rows, dump.id, owner))) throw new LeaseLost();
  await closeExtractionLeases(rows, dump.id);
  await replaceWalk(rows, { dumpId: dump.id, walker: WALKER, result: { ...walk.result, readSet: [] }, forms });
  await writeReport(rows, report, project);
  await writeDumpState(rows, { change: 'walked-again', dump: id, openedBytes });
  await appendLeaf(rows, 'worker', { act: 'dump.walked', dump: id, project, walker: WALKER, bytes: openedBytes });
  await appendLeaf(rows, 'worker', { act: 'dump.extraction-closed', dump: id, project });
}
