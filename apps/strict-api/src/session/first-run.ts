import {
  type IdentityRows,
  createPerson,
  findPersonByLogin,
  grantRoomRole,
  openSession,
  revokeRoomRole,
  setPassword,
  useOneTimeLink,
} from '@crashkeep/identity';
import { type PersonId, PersonIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import type { Room } from '../room.js';

/** The first administrator gives all other roles, and may be the one who approves (DESIGN.md 9). */
const FIRST_ROLES = ['admin', 'security'] as const;

/**
 * Makes the first administrator from the link that was printed on the machine, and signs them in. Until the root passkey is
 * pinned a new link starts over: whoever came before loses the first administrator's roles. Returns the session's cookie.
 */
export async function beginFirstRun(
  { identity }: Room,
  given: { readonly secret: string; readonly name: string; readonly login: string; readonly password: string },
): Promise<string> {
  return identity.transaction(async (rows) => {
    await useOneTimeLink(rows, 'first-run', given.secret);
    const before = await takeFirstRoles(rows);
    const person = await personFor(rows, given, before);
    await setPassword(rows, person, given.password);
    await appendLeaf(rows, 'strict-api', { act: 'person.enrolled', person });
    for (const role of FIRST_ROLES) {
      await grantRoomRole(rows, null, { personId: person, project: '*', role });
      await appendLeaf(rows, 'strict-api', { act: 'role.granted', person, project: '*', role, by: null });
    }
    return (await openSession(rows, person, 'room')).cookie;
  });
}

/** Who began the first run before and comes again, or a new person: a link must not take over anybody else's login. */
async function personFor(
  rows: IdentityRows,
  given: { readonly name: string; readonly login: string },
  before: readonly PersonId[],
): Promise<PersonId> {
  const known = await findPersonByLogin(rows, given.login);
  return known !== null && before.includes(known.id) ? known.id : createPerson(rows, given);
}

async function takeFirstRoles(rows: IdentityRows): Promise<PersonId[]> {
  const held = await rows.room_role.findMany({ where: { project: '*', granted_by: null } });
  for (const { person_id, role } of held) {
    const first = FIRST_ROLES.find((it) => it === role);
    if (first === undefined) continue;
    const person = PersonIdText.parse(person_id);
    await revokeRoomRole(rows, { personId: person, project: '*', role: first });
    await appendLeaf(rows, 'strict-api', { act: 'role.revoked', person, project: '*', role: first, by: null });
  }
  return held.map(({ person_id }) => PersonIdText.parse(person_id));
}
