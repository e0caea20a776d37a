/**
 * The part of a Prisma transaction client that crosses schemas: tagged templates on one connection. The strict store's transaction is
 * one, so an act's row, its leaf and the console's state are written together or not at all.
 */
export interface SqlTransaction {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}
