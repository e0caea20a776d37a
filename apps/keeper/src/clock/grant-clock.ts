import { type LeafOf, appendLeaf } from '@crashkeep/ledger';
import { writeDumpState } from '@crashkeep/lenient-store';
import {
  type EndedGrant,
  type StrictRows,
  type StrictStore,
  type TrustBook,
  expireGrants,
  findWaitingPolicies,
  lapseGrants,
} from '@crashkeep/strict-store';
import { findMiscounted } from './grant-counts.js';

/**
 * Ends what time has ended, and counts each dump's grants for the console. Reads do not wait for it: they judge the time
 * themselves, so a keeper that was down gives nothing away.
 */
export async function tickGrants(store: StrictStore, trust: TrustBook): Promise<void> {
  await store.transaction(async (rows) => {
    for (const ended of await expireGrants(rows)) await appendLeaf(rows, 'keeper', endOf('grant.expired', ended));
    for (const ended of await lapsed(rows, trust)) await appendLeaf(rows, 'keeper', endOf('grant.lapsed', ended));
  });
  await store.transaction(async (rows) => {
    for (const { dump, open, ended } of await findMiscounted(rows)) {
      await writeDumpState(rows, { change: 'grants-counted', dump, open, ended });
    }
  });
}

/** Each by the times of the policy that it was asked under; by those of today where that one counts for nothing any more. */
async function lapsed(rows: StrictRows, book: TrustBook): Promise<EndedGrant[]> {
  const waiting = await findWaitingPolicies(rows);
  if (waiting.length === 0) return [];
  const trust = await book.now(rows);
  const ended: EndedGrant[] = [];
  for (const { policy, project } of waiting) {
    const times = trust.policyNamed(policy, project) ?? trust.policyOf(project);
    ended.push(...(await lapseGrants(rows, { ...times, name: policy, project })));
  }
  return ended;
}

const endOf = (act: 'grant.expired' | 'grant.lapsed', { id, version }: EndedGrant): LeafOf<'keeper'> => ({
  act,
  grant: id,
  version,
  by: null,
});
