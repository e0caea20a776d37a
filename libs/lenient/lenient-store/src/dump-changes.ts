import type { ProjectId } from '@crashkeep/ids';
import { type DumpState, dumpStateOf } from './dump-stage.js';
import type { LenientRows } from './lenient-store.js';

export interface DumpChange {
  readonly id: string;
  readonly project: ProjectId;
  readonly state: DumpState;
  readonly changedAt: Date;
}

/** More than that in one look is a flood: who listens reads the list again anyway. */
const CHANGES_MAX = 500;

/**
 * Dumps of any of these projects whose state changed at or after `since`, oldest first. `changed_at` is the start of the writer's
 * transaction: a late commit shows up with an older time, so ask again for the last seconds and leave out what was seen.
 */
export async function findDumpChanges(
  rows: LenientRows,
  projects: readonly ProjectId[],
  since: Date,
): Promise<DumpChange[]> {
  const found = await rows.$queryRaw<
    { id: string; project: string; stage: string; walked: boolean; changed_at: Date }[]
  >`
    SELECT dump_id AS id, project, stage::text AS stage, changed_at,
      EXISTS (SELECT FROM lenient.report AS r WHERE r.id = s.dump_id
        AND r.received_at = date_trunc('second', s.received_at)) AS walked
    FROM lenient.dump_state AS s WHERE project = ANY(${[...projects]}::text[]) AND changed_at >= ${since}
    ORDER BY changed_at, dump_id LIMIT ${CHANGES_MAX}::int`;
  return found.map((row) => ({
    id: row.id,
    project: row.project as ProjectId,
    state: dumpStateOf(row.stage, row.walked),
    changedAt: row.changed_at,
  }));
}
