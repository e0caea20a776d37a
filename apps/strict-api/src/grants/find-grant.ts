import { AccessError, type Actor, decide } from '@crashkeep/access';
import type { GrantId } from '@crashkeep/ids';
import { type GrantRow, findGrant } from '@crashkeep/strict-store';
import type { Room } from '../room.js';

/** A grant that the caller may see; one of a project that is none of their business is not there. */
export async function findVisibleGrant({ strict }: Room, actor: Actor, id: GrantId): Promise<GrantRow> {
  const grant = await findGrant(strict.rows, id);
  if (grant === null) throw new AccessError('access.grant-unknown');
  try {
    decide(actor, 'grant.see', grant);
  } catch {
    throw new AccessError('access.grant-unknown');
  }
  return grant;
}
