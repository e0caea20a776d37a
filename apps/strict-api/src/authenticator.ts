import { csrfToken, findSession, rolesOf } from '@crashkeep/identity';
import type { Authenticator, SignedIn } from '@crashkeep/platform';
import type { Room } from './room.js';

/** How the door knows who comes: sessions of the reading room. No token opens it yet. */
export function roomAuthenticator({ identity }: Pick<Room, 'identity'>): Authenticator {
  return {
    bySession: async (cookie): Promise<SignedIn | null> => {
      const session = await findSession(identity.rows, cookie, 'room');
      if (session === null) return null;
      const { personId, name, login, id } = session;
      const roles = await rolesOf(identity.rows, personId);
      return { kind: 'person', personId, name, login, roles, session: id, csrf: csrfToken(cookie) };
    },
    byToken: () => Promise.resolve(null),
  };
}
