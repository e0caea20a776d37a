/** The schemas that Prisma models, each with a folder of its own under prisma/. */
export const SCHEMAS = ['identity', 'ledger', 'strict', 'lenient'] as const;
export type SchemaName = (typeof SCHEMAS)[number];
