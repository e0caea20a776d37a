import { randomUUID } from 'node:crypto';
import type { PersonId } from '@crashkeep/ids';
import type { LenientRows } from '../lenient-store.js';
import { LenientStoreError } from '../lenient-store-error.js';
import type { WholeGroup } from './group-of.js';
import type { GroupStatus } from './group-status.js';

export type GroupActKind = 'status' | 'owner' | 'merged' | 'merge-undone' | 'split' | 'split-undone';

export interface GroupAct {
  readonly id: string;
  readonly act: GroupActKind;
  readonly by: string | null;
  readonly at: Date;
  /** The other group of a merge or split; the owner. */
  readonly other: string | null;
  readonly status: GroupStatus | null;
  readonly version: string | null;
}

type Told = Pick<GroupAct, 'act'> & Partial<Pick<GroupAct, 'other' | 'status' | 'version'>>;

const ACTS_SHOWN = 200;

/** Newest first. */
export async function findGroupActs(rows: LenientRows, groupId: string): Promise<GroupAct[]> {
  const found = await rows.group_act.findMany({
    where: { group_id: groupId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: ACTS_SHOWN,
  });
  return found.map((row) => ({
    id: row.id,
    act: row.act as GroupActKind,
    by: row.by,
    at: row.at,
    other: row.other_id,
    status: row.status as GroupStatus | null,
    version: row.version,
  }));
}

async function tell(
  rows: LenientRows,
  group: Pick<WholeGroup, 'id' | 'project'>,
  by: PersonId,
  told: Told,
): Promise<void> {
  const { act, other = null, status = null, version = null } = told;
  const data = [
    { id: randomUUID(), project: group.project, group_id: group.id, act, by, other_id: other, status, version },
  ];
  await rows.group_act.createMany({ data });
}

/** In one transaction. `fixedIn` is kept with status fixed alone. Old regressions are forgotten: what comes now is a new one. */
export async function setGroupStatus(
  rows: LenientRows,
  group: WholeGroup,
  by: PersonId,
  { status, fixedIn }: { readonly status: GroupStatus; readonly fixedIn: string | null },
): Promise<void> {
  const version = status === 'fixed' ? fixedIn : null;
  await rows.$executeRaw`UPDATE lenient.crash_group SET status = ${status}, fixed_in = ${version}, status_at = now(),
    regressed_at = NULL WHERE id = ANY(${[...group.members]}::uuid[])`;
  await tell(rows, group, by, { act: 'status', status, version });
}

/** In one transaction. */
export async function setGroupOwner(
  rows: LenientRows,
  group: WholeGroup,
  by: PersonId,
  owner: PersonId | null,
): Promise<void> {
  await rows.$executeRaw`UPDATE lenient.crash_group SET owner_id = ${owner}::uuid WHERE id = ${group.id}::uuid`;
  await tell(rows, group, by, { act: 'owner', other: owner });
}

/**
 * In one transaction: `part` is shown as part of `whole` from now on. No report moves, so that undoing leaves everything as it was.
 * Throws `lenient-store.group-merged` where either is part of another, or `part` has parts of its own.
 */
export async function mergeGroups(rows: LenientRows, whole: WholeGroup, part: WholeGroup, by: PersonId): Promise<void> {
  if (whole.project !== part.project || whole.id === part.id)
    throw new LenientStoreError('lenient-store.group-unknown');
  const changed = await rows.$executeRaw`UPDATE lenient.crash_group AS p SET merged_into = ${whole.id}::uuid
    WHERE p.id = ${part.id}::uuid AND p.merged_into IS NULL
      AND EXISTS (SELECT FROM lenient.crash_group AS w WHERE w.id = ${whole.id}::uuid AND w.merged_into IS NULL)
      AND NOT EXISTS (SELECT FROM lenient.crash_group AS m WHERE m.merged_into = p.id)`;
  if (changed === 0) throw new LenientStoreError('lenient-store.group-merged');
  await tell(rows, whole, by, { act: 'merged', other: part.id });
  await tell(rows, part, by, { act: 'merged', other: whole.id });
}

/** In one transaction. Throws `lenient-store.not-there` where it is no part of it. */
export async function undoMerge(rows: LenientRows, whole: WholeGroup, partId: string, by: PersonId): Promise<void> {
  const changed = await rows.$executeRaw`UPDATE lenient.crash_group SET merged_into = NULL
    WHERE id = ${partId}::uuid AND merged_into = ${whole.id}::uuid`;
  if (changed === 0) throw new LenientStoreError('lenient-store.not-there');
  await tell(rows, whole, by, { act: 'merge-undone', other: partId });
  await tell(rows, { id: partId, project: whole.project }, by, { act: 'merge-undone', other: whole.id });
}
