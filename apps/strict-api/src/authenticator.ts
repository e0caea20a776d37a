import { type SignedRole, SIGNED_ROLES, type Trust } from '@crashkeep/access';
import { type HeldRole, csrfToken, findSession, rolesOf } from '@crashkeep/identity';
import type { PersonId } from '@crashkeep/ids';
import type { Authenticator, SignedIn } from '@crashkeep/platform';
import type { Room } from './room.js';

/** How the door knows who comes: sessions of the reading room. No token opens it yet. */
export function roomAuthenticator({
  identity,
  strict,
  trust,
}: Pick<Room, 'identity' | 'strict' | 'trust'>): Authenticator {
  return {
    bySession: async (cookie): Promise<SignedIn | null> => {
      const session = await findSession(identity.rows, cookie, 'room');
      if (session === null) return null;
      const { personId, name, login, id } = session;
      const roles = rolesThatCount(await trust.now(strict.rows), personId, await rolesOf(identity.rows, personId));
      return { kind: 'person', personId, name, login, roles, session: id, csrf: csrfToken(cookie) };
    },
    byToken: () => Promise.resolve(null),
  };
}

/**
 * Of the room's roles those that are signed for; the holder of the root passkey has theirs from it. Until a root is pinned all
 * rows count: then nothing but enrolling it works.
 */
export function rolesThatCount(trust: Trust, person: PersonId, held: readonly HeldRole[]): readonly HeldRole[] {
  if (trust.root === null) return held;
  const counted = held.filter(({ role, project }) => !isSigned(role) || trust.holds(person, role, project));
  if (trust.root.person !== person) return counted;
  const own: HeldRole[] = [
    { project: '*', role: 'admin' },
    { project: '*', role: 'security' },
  ];
  return [
    ...counted.filter(({ role, project }) => !own.some((it) => it.role === role && it.project === project)),
    ...own,
  ];
}

const isSigned = (role: HeldRole['role']): role is SignedRole => SIGNED_ROLES.some((it) => it === role);
