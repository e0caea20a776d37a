import { decide } from '@crashkeep/access';
import type { Actor } from '@crashkeep/access';
import { type IdentityRows, grantRoomRole, revokeRoomRole, rolesOf } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { revokeGrantsApprovedBy, revokeGrantsOf } from '@crashkeep/strict-store';
import type { z } from 'zod';
import { appendRevocations } from '../grants/revocations.js';
import { roomProblem } from '../http/room-error.js';
import type { RoomRole } from '../wire/common.js';

export type Role = z.infer<typeof RoomRole>;

/**
 * Makes a person's room roles this set, in the caller's transaction. A right that goes takes the open grants with it that rest
 * on it, there and then: those that an approver approved, and those that somebody asked for who now is security.
 */
export async function changeRoles(
  rows: IdentityRows,
  by: Actor,
  person: PersonId,
  wanted: readonly Role[],
): Promise<void> {
  const held = (await rolesOf(rows, person)).filter(isRoomRole);
  const added = wanted.filter((role) => !held.some((it) => same(it, role)));
  const removed = held.filter((role) => !wanted.some((it) => same(it, role)));
  for (const { project } of [...added, ...removed]) decide(by, 'people.manage', { project });
  if (person === by.person && added.length > 0) throw roomProblem('room.own-roles');
  for (const role of added) await addRole(rows, by.person, person, role);
  for (const role of removed) await removeRole(rows, by.person, person, role);
  if ((await rows.room_role.count({ where: { project: '*', role: 'admin' } })) === 0)
    throw roomProblem('room.last-admin');
}

async function addRole(rows: IdentityRows, by: PersonId, person: PersonId, { project, role }: Role): Promise<void> {
  await grantRoomRole(rows, by, { personId: person, project, role });
  await appendLeaf(rows, 'strict-api', { act: 'role.granted', person, project, role, by });
  if (role !== 'security') return;
  await appendRevocations(rows, await revokeGrantsOf(rows, { requester: person, project }, by), by);
}

async function removeRole(rows: IdentityRows, by: PersonId, person: PersonId, { project, role }: Role): Promise<void> {
  await revokeRoomRole(rows, { personId: person, project, role });
  await appendLeaf(rows, 'strict-api', { act: 'role.revoked', person, project, role, by });
  if (role !== 'security') return;
  await appendRevocations(rows, await revokeGrantsApprovedBy(rows, { approver: person, project }, by), by);
}

const same = (a: Role, b: Role): boolean => a.project === b.project && a.role === b.role;

export const isRoomRole = (held: { readonly project: string; readonly role: string }): held is Role =>
  held.role === 'security' || held.role === 'auditor' || held.role === 'admin';
