import {
  createOneTimeLink,
  findPersonByLogin,
  grantMembership,
  type IdentityRows,
  IdentityError,
  invitePerson,
  type Invitation,
  type Membership,
} from '@crashkeep/identity';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';

interface Wanted {
  readonly name: string;
  readonly login: string;
  readonly project: ProjectId;
  readonly role: Membership;
}

/**
 * A person with one role and a link, each act with its leaf. Someone who has not taken up an earlier invitation gets a new link, which
 * voids the old one; a login that is in use throws `identity.login-taken`.
 */
export async function invite(rows: IdentityRows, by: PersonId, wanted: Wanted): Promise<Invitation> {
  const known = await findPersonByLogin(rows, wanted.login);
  if (known !== null && (!known.invited || known.disabled)) throw new IdentityError('identity.login-taken');
  const invitation = known === null ? await invitePerson(rows, by, wanted) : await inviteAgain(rows, by, known.id);
  const { personId: person } = invitation;
  await appendLeaf(rows, 'lenient-api', { act: 'person.invited', person, by });
  const { project, role } = wanted;
  if (await grantMembership(rows, by, { personId: person, project, role })) {
    await appendLeaf(rows, 'lenient-api', { act: 'role.granted', person, project, role, by });
  }
  return invitation;
}

const inviteAgain = async (rows: IdentityRows, by: PersonId, personId: PersonId): Promise<Invitation> => ({
  personId,
  secret: await createOneTimeLink(rows, { kind: 'invitation', personId, createdBy: by }),
});
