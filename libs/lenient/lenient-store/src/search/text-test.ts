import type { Test } from '@crashkeep/query';
import { Prisma } from '../generated/client.js';

/** The test of a text as LIKE's pattern, in lower case. Null for one that only asks whether there is a text. */
export function likePattern(test: Test): string | null {
  switch (test.is) {
    case 'equal':
      return escaped(test.value);
    case 'containing':
      return `%${escaped(test.value)}%`;
    case 'like':
      return escaped(test.pattern).replaceAll('*', '%');
    default:
      return null;
  }
}

const escaped = (text: string): string => text.toLowerCase().replace(/[%_\\]/g, '\\$&');

/** A condition on a text column; without a value it is NULL or empty. */
export function textCondition(column: Prisma.Sql, test: Test): Prisma.Sql {
  const pattern = likePattern(test);
  if (pattern === null) return Prisma.sql`(${column} IS NOT NULL AND ${column} <> '')`;
  return Prisma.sql`lower(${column}) LIKE ${pattern}`;
}

export function rangeCondition(column: Prisma.Sql, test: Test, bound: (point: number) => Prisma.Sql): Prisma.Sql {
  if (test.is !== 'within') return Prisma.sql`${column} IS NOT NULL`;
  const ends = [
    ...(test.least === null ? [] : [Prisma.sql`${column} >= ${bound(test.least)}`]),
    ...(test.most === null ? [] : [Prisma.sql`${column} <= ${bound(test.most)}`]),
  ];
  return ends.length === 0 ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`(${Prisma.join(ends, ' AND ')})`;
}
