import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../generated/client.js';

/** Rows of schema `strict`, inside or outside a transaction. Also a `SqlTransaction`: raw SQL of other schemas joins in. */
export type StrictRows = Prisma.TransactionClient;

/** What an app's role may do is PostgreSQL's to say: a call that the role has no grant for rejects. */
export interface StrictStore {
  /** Single statements. */
  readonly rows: StrictRows;
  /** One transaction, READ COMMITTED: an act, its ledger leaf and the console's state are written together or not. */
  transaction<T>(act: (rows: StrictRows) => Promise<T>): Promise<T>;
  /** Rejects where the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Waiting longer than this for a connection is having none. Crashpad gives an upload a minute in all, and never tries again:
 * in a burst it is better to wait than to answer 503.
 */
const CONNECT_MS = 15_000;
const TRANSACTION_MS = 15_000;

/** Connects as the role that `databaseUrl` names, when first asked. */
export function openStrictStore(databaseUrl: string, options: { readonly connections?: number } = {}): StrictStore {
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, max: options.connections ?? 10, connectionTimeoutMillis: CONNECT_MS },
    { schema: 'strict' },
  );
  const client = new PrismaClient({
    adapter,
    errorFormat: 'minimal',
    transactionOptions: { maxWait: CONNECT_MS, timeout: TRANSACTION_MS },
  });
  return {
    rows: client,
    transaction: (act) => client.$transaction(act),
    check: async () => {
      await client.$queryRaw`select 1`;
    },
    close: () => client.$disconnect(),
  };
}
