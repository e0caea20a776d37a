import { type PersonId, PersonIdText, newPersonId } from '@crashkeep/ids';
import { z } from 'zod';
import { IdentityError } from './identity-error.js';
import { type IdentityRows, isTaken } from './identity-store.js';
import { hashPassword } from './password.js';
import { type HeldRole, membershipOf, roomRoleOf } from './role.js';
import { endSessionsOf } from './session.js';

/** Often a mail address; compared and stored in lower case. */
export const LoginText = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._%+@-]{0,119}$/);

/** What colleagues see: no control or invisible character, so that a name cannot draw over a page. */
export const NameText = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]+$/u);

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly login: string;
  /** Has not taken up the invitation. */
  readonly invited: boolean;
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly roles: readonly HeldRole[];
}

const WITH_ROLES = { memberships: true, room_roles: true } as const;

/** Someone who cannot sign in until a password is set. Throws `identity.login-taken`. */
export async function createPerson(
  rows: IdentityRows,
  { name, login }: { readonly name: string; readonly login: string },
): Promise<PersonId> {
  const id = newPersonId();
  try {
    await rows.person.createMany({ data: [{ id, name: NameText.parse(name), login: LoginText.parse(login) }] });
  } catch (error) {
    if (isTaken(error)) throw new IdentityError('identity.login-taken');
    throw error;
  }
  return id;
}

export async function findPerson(rows: IdentityRows, id: PersonId): Promise<Person | null> {
  const row = await rows.person.findUnique({ where: { id }, include: WITH_ROLES });
  return row && personFrom(row);
}

export async function findPersonByLogin(rows: IdentityRows, login: string): Promise<Person | null> {
  const row = await rows.person.findUnique({ where: { login: LoginText.parse(login) }, include: WITH_ROLES });
  return row && personFrom(row);
}

/** By name. */
export async function listPeople(rows: IdentityRows): Promise<Person[]> {
  const found = await rows.person.findMany({ include: WITH_ROLES, orderBy: [{ name: 'asc' }, { login: 'asc' }] });
  return found.map(personFrom);
}

/** Ends this origin's sessions: who knew the old password is out. */
export async function setPassword(rows: IdentityRows, id: PersonId, password: string): Promise<void> {
  await rows.person.updateMany({ where: { id }, data: { password: await hashPassword(password) } });
  await endSessionsOf(rows, id);
}

/** Nobody is deleted: leaves name them. A disabled person's sessions are dead on every origin (`findSession` asks). */
export async function disablePerson(rows: IdentityRows, id: PersonId): Promise<void> {
  const changed = await rows.$executeRaw`UPDATE identity.person SET disabled_at = now()
    WHERE id = ${id}::uuid AND disabled_at IS NULL`;
  if (changed !== 1) throw new IdentityError('identity.person-unknown');
  await endSessionsOf(rows, id);
}

interface PersonRow {
  id: string;
  name: string;
  login: string;
  password: string | null;
  disabled_at: Date | null;
  created_at: Date;
  memberships: { project: string; role: string }[];
  room_roles: { project: string; role: string }[];
}

const personFrom = (row: PersonRow): Person => ({
  id: PersonIdText.parse(row.id),
  name: row.name,
  login: row.login,
  invited: row.password === null,
  disabled: row.disabled_at !== null,
  createdAt: row.created_at,
  roles: [...row.memberships.map(membershipOf), ...row.room_roles.map(roomRoleOf)],
});
