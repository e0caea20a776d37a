import { type DumpId, DumpIdText } from '@crashkeep/ids';
import type { SqlTransaction } from '@crashkeep/ledger';

export interface GrantCount {
  readonly dump: DumpId;
  readonly open: number;
  readonly ended: number;
}

/** Dumps of which the console shows another number of grants than there are. */
export async function findMiscounted(rows: SqlTransaction): Promise<GrantCount[]> {
  const found = await rows.$queryRaw<{ dump: string; open: number; ended: number }[]>`SELECT c.* FROM (
      SELECT dump_id AS dump, count(*) FILTER (WHERE state IN ('requested', 'approved', 'active'))::int AS open,
        count(*) FILTER (WHERE state NOT IN ('requested', 'approved', 'active'))::int AS ended
      FROM strict.access_grant GROUP BY dump_id
    ) AS c JOIN lenient.dump_state AS s ON s.dump_id = c.dump
    WHERE (s.grants_open, s.grants_ended) <> (c.open, c.ended)`;
  return found.map(({ dump, open, ended }) => ({ dump: DumpIdText.parse(dump), open, ended }));
}
