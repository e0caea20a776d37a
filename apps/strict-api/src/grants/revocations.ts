import type { PersonId } from '@crashkeep/ids';
import { type SqlTransaction, appendLeaf } from '@crashkeep/ledger';
import type { EndedGrant } from '@crashkeep/strict-store';

/** A leaf for each grant that was revoked because a right behind it was taken away. */
export async function appendRevocations(tx: SqlTransaction, ended: readonly EndedGrant[], by: PersonId): Promise<void> {
  for (const { id, version } of ended) {
    await appendLeaf(tx, 'strict-api', { act: 'grant.revoked', grant: id, version, by });
  }
}
