import { type PersonId, PersonIdText, type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { z } from 'zod';
import type { IdentityRows } from './identity-store.js';

/** Given on the console. */
export const MEMBERSHIPS = ['viewer', 'engineer'] as const;
export type Membership = (typeof MEMBERSHIPS)[number];

/** Given in the reading room alone. */
export const ROOM_ROLES = ['security', 'auditor', 'operator', 'admin'] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

/** Project `*` is every project; only room roles have it. */
export interface HeldRole {
  readonly project: ProjectId | '*';
  readonly role: Membership | RoomRole;
}

interface RoleRow {
  readonly project: string;
  readonly role: string;
}

export const membershipOf = ({ project, role }: RoleRow): HeldRole => ({
  project: ProjectIdText.parse(project),
  role: z.enum(MEMBERSHIPS).parse(role),
});

export const roomRoleOf = ({ project, role }: RoleRow): HeldRole => ({
  project: project === '*' ? '*' : ProjectIdText.parse(project),
  role: z.enum(ROOM_ROLES).parse(role),
});

/** All that a person holds. Whether two may be held together is `access`'s to say, where they are used. */
export async function rolesOf(rows: IdentityRows, personId: PersonId): Promise<HeldRole[]> {
  const query = { where: { person_id: personId }, select: { project: true, role: true } };
  const memberships = await rows.membership.findMany(query);
  const roomRoles = await rows.room_role.findMany(query);
  return [...memberships.map(membershipOf), ...roomRoles.map(roomRoleOf)];
}

/** Who holds a room role in a project, by way of `*` too, and is not disabled. */
export async function personsWithRole(
  rows: IdentityRows,
  role: RoomRole,
  project: ProjectId | '*',
): Promise<PersonId[]> {
  const found = await rows.room_role.findMany({
    where: { role, project: { in: [project, '*'] }, person: { disabled_at: null } },
    select: { person_id: true },
    distinct: ['person_id'],
  });
  return found.map((row) => PersonIdText.parse(row.person_id));
}

interface Change<R> {
  readonly personId: PersonId;
  readonly project: ProjectId;
  readonly role: R;
}

/** False where it was held already. Both kinds: the caller appends the ledger's leaf in the same transaction. */
export async function grantMembership(
  rows: IdentityRows,
  by: PersonId | null,
  change: Change<Membership>,
): Promise<boolean> {
  const { personId, project, role } = change;
  const data = [{ person_id: personId, project, role, granted_by: by }];
  return (await rows.membership.createMany({ data, skipDuplicates: true })).count === 1;
}

export async function revokeMembership(rows: IdentityRows, change: Change<Membership>): Promise<boolean> {
  const { personId, project, role } = change;
  return (await rows.membership.deleteMany({ where: { person_id: personId, project, role } })).count === 1;
}

interface RoomChange {
  readonly personId: PersonId;
  readonly project: ProjectId | '*';
  readonly role: RoomRole;
}

export async function grantRoomRole(rows: IdentityRows, by: PersonId | null, change: RoomChange): Promise<boolean> {
  const { personId, project, role } = change;
  const data = [{ person_id: personId, project, role, granted_by: by }];
  return (await rows.room_role.createMany({ data, skipDuplicates: true })).count === 1;
}

export async function revokeRoomRole(rows: IdentityRows, change: RoomChange): Promise<boolean> {
  const { personId, project, role } = change;
  return (await rows.room_role.deleteMany({ where: { person_id: personId, project, role } })).count === 1;
}
