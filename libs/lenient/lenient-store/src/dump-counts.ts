import type { DumpId } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';

/** What a client sent beside a dump, in numbers: a report says how much of it is not shown. */
export interface DumpCounts {
  readonly attachments: number;
  readonly annotations: number;
}

/** Null where the dump has no state. */
export async function findDumpCounts(tx: SqlTransaction, dump: DumpId): Promise<DumpCounts | null> {
  const [row] = await tx.$queryRaw<{ attachments: number; annotations: number }[]>`
    SELECT attachments, annotations FROM lenient.dump_state WHERE dump_id = ${dump}::uuid`;
  return row ?? null;
}
