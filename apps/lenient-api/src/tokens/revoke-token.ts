import { IdentityError, type IdentityStore, TOKEN_CLASSES, revokeApiToken, verifyApiToken } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';

/** By its text: whoever holds a token may end it. Gives its id; row and leaf in one transaction. Throws `identity.token-unknown`. */
export async function revokeToken(identity: IdentityStore, text: string): Promise<string> {
  return identity.transaction(async (rows) => {
    const token = await verifyApiToken(rows, text, TOKEN_CLASSES);
    if (token === null || !(await revokeApiToken(rows, token.tokenId)))
      throw new IdentityError('identity.token-unknown');
    const { tokenId, project, class: tokenClass } = token;
    await appendLeaf(rows, 'lenient-api', {
      ...{ act: 'token.revoked', token: tokenId, project },
      ...{ class: tokenClass, by: null },
    });
    return tokenId;
  });
}
