import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.js';

/** Rows of schema `identity`, inside or outside a transaction. Also a ledger's SqlTransaction: the act's leaf joins in. */
export type IdentityRows = Prisma.TransactionClient;

export interface IdentityStore {
  /** Single statements. */
  readonly rows: IdentityRows;
  /** One transaction, READ COMMITTED. */
  transaction<T>(act: (rows: IdentityRows) => Promise<T>): Promise<T>;
  /** Rejects where the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_MS = 5_000;
const TRANSACTION_MS = 15_000;

/** Connects as the role that `databaseUrl` names, when first asked. */
export function openIdentityStore(databaseUrl: string, options: { readonly connections?: number } = {}): IdentityStore {
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, max: options.connections ?? 5, connectionTimeoutMillis: CONNECT_MS },
    { schema: 'identity' },
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

/** Whether an insert failed because the key was there already. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
