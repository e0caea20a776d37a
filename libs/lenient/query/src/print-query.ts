import { type FieldName, factsOf } from './fields.js';
import type { Query, Test } from './query.js';

/** A search as text that reads back as itself. */
export function printQuery(query: Query): string {
  if (query.kind === 'match') return matchText(query.field, query.test);
  if (query.kind === 'not') return `-${inParentheses(query.part)}`;
  return query.parts.map((it) => inParentheses(it)).join(query.kind === 'every' ? ' ' : ' OR ');
}

const inParentheses = (query: Query): string =>
  query.kind === 'every' || query.kind === 'some' ? `(${printQuery(query)})` : printQuery(query);

/** The term that finds exactly this value: what a click on a facet adds to a search. */
export const termText = (field: FieldName, value: string): string => `${field}:${quoted(value)}`;

function matchText(field: FieldName, test: Test): string {
  switch (test.is) {
    case 'there':
      return `has:${field}`;
    case 'equal':
      return termText(field, test.value);
    case 'containing':
      return `${field}~${quoted(test.value)}`;
    case 'like':
      return `${field}:${test.pattern}`;
    case 'within':
      return `${field}:${pointText(field, test.least)}..${pointText(field, test.most)}`;
  }
}

const PLAIN = /^[\p{L}\p{N}._+/\\@#$%&=!?;[\]{}-][\p{L}\p{N}._+/\\@#$%&=!?;:[\]{}<>~-]*$/u;

const quoted = (value: string): string => (PLAIN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`);

function pointText(field: FieldName, point: number | null): string {
  if (point === null) return '';
  if (factsOf(field).kind === 'number') return String(point);
  return new Date(point).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
