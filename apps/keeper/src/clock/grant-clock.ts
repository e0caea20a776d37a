import { DEFAULT_POLICY } from '@crashkeep/access';
import { type LeafOf, appendLeaf } from '@crashkeep/ledger';
import { writeDumpState } from '@crashkeep/lenient-store';
import { type EndedGrant, type StrictStore, expireGrants, lapseGrants } from '@crashkeep/strict-store';
import { findMiscounted } from './grant-counts.js';

/**
 * Ends what time has ended, and counts each dump's grants for the console. Reads do not wait for it: they judge the time
 * themselves, so a keeper that was down gives nothing away.
 */
export async function tickGrants(store: StrictStore): Promise<void> {
  await store.transaction(async (rows) => {
    for (const ended of await expireGrants(rows)) await appendLeaf(rows, 'keeper', endOf('grant.expired', ended));
    for (const ended of await lapseGrants(rows, DEFAULT_POLICY)) {
      await appendLeaf(rows, 'keeper', endOf('grant.lapsed', ended));
    }
  });
  await store.transaction(async (rows) => {
    for (const { dump, open, ended } of await findMiscounted(rows)) {
      await writeDumpState(rows, { change: 'grants-counted', dump, open, ended });
    }
  });
}

const endOf = (act: 'grant.expired' | 'grant.lapsed', { id, version }: EndedGrant): LeafOf<'keeper'> => ({
  act,
  grant: id,
  version,
  by: null,
});
