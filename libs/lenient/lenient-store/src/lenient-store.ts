import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.js';

/** Rows of schema `lenient`, inside or outside a transaction. */
export type LenientRows = Prisma.TransactionClient;

export interface LenientStore {
  /** Single statements. */
  readonly rows: LenientRows;
  /** One transaction, READ COMMITTED. */
  transaction<T>(act: (rows: LenientRows) => Promise<T>): Promise<T>;
  /** Rejects where the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_MS = 5_000;
const TRANSACTION_MS = 15_000;

export interface LenientStoreOptions {
  readonly connections?: number;
  /** After how long the database gives a statement up: for who lets people search. */
  readonly statementMs?: number;
}

/** Connects as the role that `databaseUrl` names, when first asked. */
export function openLenientStore(databaseUrl: string, options: LenientStoreOptions = {}): LenientStore {
  const { connections = 8, statementMs } = options;
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      max: connections,
      connectionTimeoutMillis: CONNECT_MS,
      ...(statementMs !== undefined && { statement_timeout: statementMs }),
    },
    { schema: 'lenient' },
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
      await client.$queryRaw`SELECT 1`;
    },
    close: () => client.$disconnect(),
  };
}
