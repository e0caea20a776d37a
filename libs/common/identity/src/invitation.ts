import type { PersonId } from '@crashkeep/ids';
import { IdentityError } from './identity-error.js';
import type { IdentityRows } from './identity-store.js';
import { createOneTimeLink, useOneTimeLink } from './one-time-link.js';
import { NameText, createPerson, findPerson, setPassword } from './person.js';

export interface Invitation {
  readonly personId: PersonId;
  /** Shown once; it goes into the link's fragment, which browsers do not send. */
  readonly secret: string;
}

/** A person who is not there yet, and the link by which they come. Roles are the caller's to give, in the same transaction. */
export async function invitePerson(
  rows: IdentityRows,
  by: PersonId | null,
  { name, login }: { readonly name: string; readonly login: string },
): Promise<Invitation> {
  const personId = await createPerson(rows, { name, login });
  return { personId, secret: await createOneTimeLink(rows, { kind: 'invitation', personId, createdBy: by }) };
}

/** In one transaction: a password that is refused must leave the link usable. */
export async function acceptInvitation(
  rows: IdentityRows,
  given: { readonly secret: string; readonly password: string; readonly name?: string },
): Promise<PersonId> {
  const { personId } = await useOneTimeLink(rows, 'invitation', given.secret);
  const person = personId && (await findPerson(rows, personId));
  if (!person || person.disabled) throw new IdentityError('identity.link-unusable');
  await setPassword(rows, person.id, given.password);
  if (given.name !== undefined) {
    await rows.person.updateMany({ where: { id: person.id }, data: { name: NameText.parse(given.name) } });
  }
  return person.id;
}
