import { type WholeGroup, findWholeGroup } from '@crashkeep/lenient-store';
import { type Caller, type SignedIn, refused } from '@crashkeep/platform';
import type { Console } from '../console.js';
import { personOf, readableProjects, requireManage } from '../rights.js';

/** A group that the caller may read; of another project it is not there. */
export async function seenGroup(console: Console, caller: Caller, id: string): Promise<WholeGroup> {
  const group = await findWholeGroup(console.store.rows, id, await readableProjects(console, caller));
  if (group === null) throw refused.notFound();
  return group;
}

/** A group that the caller, a person and no mere viewer, may act on. */
export async function actedGroup(
  console: Console,
  caller: Caller,
  id: string,
): Promise<{ readonly group: WholeGroup; readonly me: SignedIn }> {
  const me = personOf(caller);
  const group = await seenGroup(console, caller, id);
  requireManage(me, group.project);
  return { group, me };
}
