import {
  type FieldName,
  type Query,
  QueryError,
  isFieldName,
  parseQuery,
  printQuery,
  termText,
} from '@crashkeep/query';

/** The search as it was read, or what is wrong with it and where. */
export function readSearch(q: string): { readonly query: Query } | { readonly fault: QueryError } {
  try {
    return { query: parseQuery(q) };
  } catch (error) {
    if (error instanceof QueryError) return { fault: error };
    throw error;
  }
}

/** Whether every report that fits must have this value. */
export function hasTerm(q: string, field: string, value: string): boolean {
  const read = readSearch(q);
  return isFieldName(field) && 'query' in read && termsOf(read.query).some((term) => isTerm(term, field, value));
}

/** The search with this term, or without it where it has it. One that cannot be read gets the term at its end. */
export function toggleTerm(q: string, field: string, value: string): string {
  const read = readSearch(q);
  if (!isFieldName(field) || !('query' in read)) return q;
  const terms = termsOf(read.query);
  const rest = terms.filter((term) => !isTerm(term, field, value));
  if (rest.length < terms.length) return printQuery({ kind: 'every', parts: rest });
  return q.trim() === '' ? termText(field, value) : `${q.trim()} ${termText(field, value)}`;
}

const termsOf = (query: Query): readonly Query[] => (query.kind === 'every' ? query.parts : [query]);

function isTerm(query: Query, field: FieldName, value: string): boolean {
  return (
    query.kind === 'match' &&
    query.field === field &&
    query.test.is === 'equal' &&
    query.test.value.toLowerCase() === value.toLowerCase()
  );
}
