import { AccessError, type Actor, decide } from '@crashkeep/access';
import { appendLeaf } from '@crashkeep/ledger';
import { type GrantRow, activateGrant, approvalsOfGrant, endGrant } from '@crashkeep/strict-store';
import type { Room } from '../room.js';
import { notAfterOf } from './signed-end.js';

/** Opens an approved grant: from now its minutes run. */
export async function openGrant(room: Room, actor: Actor, grant: GrantRow): Promise<void> {
  const permit = decide(actor, 'grant.activate', grant);
  await room.strict.transaction(async (rows) => {
    const notAfter = notAfterOf(grant, await approvalsOfGrant(rows, grant.id));
    if (notAfter === null) throw new AccessError('access.wrong-state');
    const { version, expiresAt } = await activateGrant(rows, permit, grant.id, notAfter);
    const expires = expiresAt.toISOString();
    const leaf = { act: 'grant.activated', grant: grant.id, version, requester: permit.person, expiresAt: expires };
    await appendLeaf(rows, 'strict-api', { ...leaf, act: 'grant.activated' });
  });
}

const ENDINGS = {
  withdraw: { action: 'grant.withdraw', leaf: 'grant.withdrawn' },
  close: { action: 'grant.close', leaf: 'grant.closed' },
  revoke: { action: 'grant.revoke', leaf: 'grant.revoked' },
} as const;

/** Ends it on its own row, so that the next read finds it ended. */
export async function endNow(room: Room, actor: Actor, grant: GrantRow, ending: keyof typeof ENDINGS): Promise<void> {
  const { action, leaf } = ENDINGS[ending];
  const permit = decide(actor, action, grant);
  await room.strict.transaction(async (rows) => {
    const { version } = await endGrant(rows, ending, grant.id, permit);
    await appendLeaf(rows, 'strict-api', { act: leaf, grant: grant.id, version, by: permit.person });
  });
}
