import { createApiToken, findProject, IdentityError, type IdentityStore, type TokenClass } from '@crashkeep/identity';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';

export interface WantedToken {
  readonly project: ProjectId;
  readonly class: TokenClass;
  readonly label: string;
  /** Nobody where it was made on the machine itself. */
  readonly by: PersonId | null;
}

/** The token's text, which is told once; row and leaf in one transaction. Throws `identity.project-unknown`. */
export async function makeToken(identity: IdentityStore, wanted: WantedToken): Promise<string> {
  const { project, label, by } = wanted;
  return identity.transaction(async (rows) => {
    if ((await findProject(rows, project)) === null) throw new IdentityError('identity.project-unknown');
    const { tokenId, text } = await createApiToken(rows, { project, class: wanted.class, label, createdBy: by });
    await appendLeaf(rows, 'lenient-api', { act: 'token.created', token: tokenId, project, class: wanted.class, by });
    return text;
  });
}
