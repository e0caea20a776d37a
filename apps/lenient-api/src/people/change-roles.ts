import {
  findPerson,
  grantMembership,
  type IdentityRows,
  IdentityError,
  type Membership,
  MEMBERSHIPS,
  revokeMembership,
} from '@crashkeep/identity';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { type SignedIn, refused } from '@crashkeep/platform';
import { mayManage, mayRead } from '../rights.js';

interface MembershipIn {
  readonly project: ProjectId;
  readonly role: Membership;
}

/**
 * Makes a person's memberships, in the projects that `by` sees, equal to `wanted`. Each change needs the right to manage its project
 * and appends its leaf; one that is refused undoes them all.
 */
export async function changeRoles(
  rows: IdentityRows,
  by: SignedIn,
  personId: PersonId,
  wanted: readonly MembershipIn[],
): Promise<void> {
  const person = await findPerson(rows, personId);
  if (person === null) throw new IdentityError('identity.person-unknown');
  const held = membershipsOf(person.roles).filter((it) => mayRead(by, it.project));
  const added = wanted.filter((it) => !held.some((known) => isSame(known, it)));
  const removed = held.filter((it) => !wanted.some((kept) => isSame(kept, it)));
  for (const change of [...added, ...removed]) requireManageOf(by, change.project);
  for (const change of added) await give(rows, by, personId, change);
  for (const change of removed) await take(rows, by, personId, change);
}

export function membershipsOf(roles: readonly { readonly project: string; readonly role: string }[]): MembershipIn[] {
  return roles.filter((it): it is MembershipIn => it.project !== '*' && MEMBERSHIPS.some((known) => known === it.role));
}

const isSame = (a: MembershipIn, b: MembershipIn): boolean => a.project === b.project && a.role === b.role;

function requireManageOf(by: SignedIn, project: ProjectId): void {
  if (!mayManage(by, project)) throw refused.forbidden();
}

async function give(rows: IdentityRows, by: SignedIn, person: PersonId, change: MembershipIn): Promise<void> {
  const { project, role } = change;
  if (await grantMembership(rows, by.personId as PersonId, { personId: person, project, role })) {
    await appendLeaf(rows, 'lenient-api', { act: 'role.granted', person, project, role, by: by.personId });
  }
}

async function take(rows: IdentityRows, by: SignedIn, person: PersonId, change: MembershipIn): Promise<void> {
  const { project, role } = change;
  if (await revokeMembership(rows, { personId: person, project, role })) {
    await appendLeaf(rows, 'lenient-api', { act: 'role.revoked', person, project, role, by: by.personId });
  }
}
