import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { writeDumpState, writeReport } from '@crashkeep/lenient-store';
import type { LenientReport } from '@crashkeep/report';
import { type LeasedDump, type StrictRows, recordWalk } from '@crashkeep/strict-store';
import type { WalkResult } from '@crashkeep/walk';

/** Rises when the same dump would be walked otherwise than before. */
export const WALKER = 1;

/** Another worker has the dump now: what this one found is not written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface WalkToRecord {
  readonly dump: LeasedDump;
  readonly owner: string;
  readonly result: WalkResult;
  readonly openedBytes: number;
}

/**
 * All that a walk leaves, in the transaction of `rows`. The extraction header goes here, after the walk: the screen, which will
 * need it too, does not exist yet.
 */
export async function writeWalk(rows: StrictRows, walk: WalkToRecord, report: LenientReport): Promise<void> {
  const { dump, owner, openedBytes } = walk;
  const id = DumpIdText.parse(dump.id);
  const project = ProjectIdText.parse(dump.project);
  const result = { ...walk.result, readSet: [] };
  if (!(await recordWalk(rows, { dumpId: dump.id, owner, walker: WALKER, result }))) throw new LeaseLost();
  await writeReport(rows, report, project);
  await writeDumpState(rows, { change: 'done', dump: id, openedBytes });
  await appendLeaf(rows, 'worker', { act: 'dump.walked', dump: id, project, walker: WALKER, bytes: openedBytes });
  await appendLeaf(rows, 'worker', { act: 'dump.extraction-closed', dump: id, project });
}
