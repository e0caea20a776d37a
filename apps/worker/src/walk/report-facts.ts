import type { DumpFacts } from '@crashkeep/airlock';
import { DumpIdText } from '@crashkeep/ids';
import { findDumpCounts } from '@crashkeep/lenient-store';
import type { DeclaredDump } from '@crashkeep/strict-store';
import type { Rooms } from '../rooms.js';

/** What the vault knows of a dump besides its walk. */
export async function reportFacts({ store }: Rooms, dump: DeclaredDump): Promise<DumpFacts> {
  const id = DumpIdText.parse(dump.id);
  const counts = await findDumpCounts(store.rows, id);
  return {
    id,
    product: dump.product,
    version: dump.version,
    channel: dump.channel,
    receivedAt: Math.floor(dump.receivedAt.getTime() / 1000),
    attachments: counts?.attachments ?? 0,
    annotations: counts?.annotations ?? 0,
  };
}
