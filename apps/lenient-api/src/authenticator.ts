import { type TokenClass, TOKEN_CLASSES, csrfToken, findSession, rolesOf, verifyApiToken } from '@crashkeep/identity';
import type { Authenticator, SignedIn, TokenHolder } from '@crashkeep/platform';
import type { Console } from './console.js';

/** How the door knows who comes: sessions of the console, tokens of the class that a route takes. */
export function consoleAuthenticator({ identity }: Pick<Console, 'identity'>): Authenticator {
  return {
    bySession: async (cookie): Promise<SignedIn | null> => {
      const session = await findSession(identity.rows, cookie, 'console');
      if (session === null) return null;
      const { personId, name, login, id } = session;
      const roles = await rolesOf(identity.rows, personId);
      return { kind: 'person', personId, name, login, roles, session: id, csrf: csrfToken(cookie) };
    },
    byToken: async (token, classes): Promise<TokenHolder | null> => {
      const accepted = TOKEN_CLASSES.filter((it): it is TokenClass => classes.includes(it));
      const holder = await verifyApiToken(identity.rows, token, accepted);
      if (holder === null) return null;
      return { kind: 'token', tokenId: holder.tokenId, project: holder.project, class: holder.class };
    },
  };
}
