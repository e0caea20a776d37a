import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.js';

/** A leaf as the audit page shows it; salt and hash are for those who verify. */
export interface RecordedLeaf {
  readonly id: string;
  readonly process: string;
  /** Canonical JSON of a Leaf. A newer version may have written an act that this one does not know: parse with care. */
  readonly body: string;
  readonly createdAt: Date;
}

export interface LedgerReader {
  /** Newest first; `before` is the last leaf of the page before. */
  page(limit: number, before?: Pick<RecordedLeaf, 'id' | 'createdAt'>): Promise<RecordedLeaf[]>;
  close(): Promise<void>;
}

const MAX_PAGE = 500;

/** Only ck_strict_api may read leaves. */
export function openLedgerReader(databaseUrl: string): LedgerReader {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }, { schema: 'ledger' }) });
  return {
    async page(limit, before) {
      const rows = await client.leaf.findMany({
        select: { id: true, process: true, body: true, created_at: true },
        where: before
          ? { OR: [{ created_at: { lt: before.createdAt } }, { created_at: before.createdAt, id: { lt: before.id } }] }
          : {},
        orderBy: [{ created_at: 'desc' }, { id: 'desc' }],
        take: Math.min(limit, MAX_PAGE),
      });
      return rows.map(({ id, process, body, created_at }) => ({ id, process, body, createdAt: created_at }));
    },
    close: () => client.$disconnect(),
  };
}
