import { type LeafOf, parseLeaf } from './leaf.js';
import { leafBody } from './leaf-body.js';
import type { LedgerProcess } from './ledger-process.js';
import type { SqlTransaction } from './sql-transaction.js';

type Append = (tx: SqlTransaction, body: string) => PromiseLike<{ id: string }[]>;

/** PostgreSQL lets a role run its own of these and no other. */
const APPEND: { readonly [P in LedgerProcess]: Append } = {
  ingest: (tx, body) => tx.$queryRaw`SELECT ledger.append_ingest(${body}) AS id`,
  worker: (tx, body) => tx.$queryRaw`SELECT ledger.append_worker(${body}) AS id`,
  keeper: (tx, body) => tx.$queryRaw`SELECT ledger.append_keeper(${body}) AS id`,
  sequencer: (tx, body) => tx.$queryRaw`SELECT ledger.append_sequencer(${body}) AS id`,
  'strict-api': (tx, body) => tx.$queryRaw`SELECT ledger.append_strict_api(${body}) AS id`,
  'lenient-api': (tx, body) => tx.$queryRaw`SELECT ledger.append_lenient_api(${body}) AS id`,
};

/** Appends in the act's own transaction and returns the leaf's id. If it throws, the act must not be committed. */
export async function appendLeaf<P extends LedgerProcess>(
  tx: SqlTransaction,
  process: P,
  leaf: LeafOf<P>,
): Promise<string> {
  const [row] = await APPEND[process](tx, leafBody(parseLeaf(process, leaf)));
  if (row === undefined) throw new Error('ledger.not-appended');
  return row.id;
}
