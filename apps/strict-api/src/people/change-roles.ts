import { type Actor, type Trust, decide } from '@crashkeep/access';
import { type IdentityRows, grantRoomRole, revokeRoomRole, rolesOf } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { revokeGrantsOf } from '@crashkeep/strict-store';
import type { z } from 'zod';
import { appendRevocations } from '../grants/revocations.js';
import { roomProblem } from '../http/room-error.js';
import type { Room } from '../room.js';
import { endAll, propose } from '../statements/propose.js';
import { reevaluateGrants } from '../statements/reevaluate.js';
import type { RoomRole } from '../wire/common.js';

export type Role = z.infer<typeof RoomRole>;

/**
 * Makes a person's room roles this set, in the caller's transaction. A role that is added counts when it is signed; one that is
 * taken ends at once, and with it the open grants that do not stand without it.
 */
export async function changeRoles(
  room: Room,
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
  const trust = await room.trust.within(rows);
  for (const role of removed) await removeRole(rows, trust, by.person, person, role);
  if ((await rows.room_role.count({ where: { project: '*', role: 'admin' } })) === 0)
    throw roomProblem('room.last-admin');
  await reevaluateGrants(rows, await room.trust.within(rows), by.person);
}

async function addRole(rows: IdentityRows, by: PersonId, person: PersonId, { project, role }: Role): Promise<void> {
  await grantRoomRole(rows, by, { personId: person, project, role });
  await propose(rows, { kind: 'role', person, project, role }, by);
  await appendLeaf(rows, 'strict-api', { act: 'role.granted', person, project, role, by });
  if (role !== 'security') return;
  await appendRevocations(rows, await revokeGrantsOf(rows, { requester: person, project }, by), by);
}

async function removeRole(
  rows: IdentityRows,
  { statements }: Trust,
  by: PersonId,
  person: PersonId,
  { project, role }: Role,
): Promise<void> {
  await revokeRoomRole(rows, { personId: person, project, role });
  await appendLeaf(rows, 'strict-api', { act: 'role.revoked', person, project, role, by });
  const ended = statements.filter(
    (it) => it.kind === 'role' && it.person === person && it.project === project && it.role === role,
  );
  await endAll(rows, ended, by);
}

const same = (a: Role, b: Role): boolean => a.project === b.project && a.role === b.role;

export const isRoomRole = (held: { readonly project: string; readonly role: string }): held is Role =>
  held.role === 'security' || held.role === 'auditor' || held.role === 'admin';
