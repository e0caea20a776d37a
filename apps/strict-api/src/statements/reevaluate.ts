import { type Trust, standsUnder } from '@crashkeep/access';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';
import { lockOpenGrants, revokeGrants } from '@crashkeep/strict-store';
import { appendRevocations } from '../grants/revocations.js';

/**
 * Ends every open grant that does not stand any more on what counts now, on the grants' own rows and in the transaction that took
 * the right away (DESIGN.md 7). `trust` is what that transaction has made of it.
 */
export async function reevaluateGrants(
  tx: SqlTransaction,
  trust: Trust,
  by: PersonId,
  project: ProjectId | null = null,
): Promise<void> {
  const fallen = (await lockOpenGrants(tx, project)).filter((grant) => standsUnder(trust, grant) !== null);
  await appendRevocations(
    tx,
    await revokeGrants(
      tx,
      fallen.map(({ id }) => id),
      by,
    ),
    by,
  );
}
