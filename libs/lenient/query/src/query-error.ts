import type { FieldName } from './fields.js';

/** Why a search cannot be read. Titles are constants: they never quote what was typed. */
export const QUERY_FAULTS = {
  'query.too-long': 'A search has at most 1000 characters.',
  'query.too-many-terms': 'A search has at most 50 terms.',
  'query.too-deep': 'Parentheses go at most 12 deep.',
  'query.unclosed-quote': 'This quote has no end.',
  'query.unclosed-parenthesis': 'This parenthesis has no end.',
  'query.stray-parenthesis': 'This parenthesis closes nothing.',
  'query.missing-term': 'A term is missing here.',
  'query.missing-value': 'A value is missing here.',
  'query.unknown-field': 'There is no field of this name.',
  'query.unknown-value': 'This field never has this value.',
  'query.wrong-operator': 'This field cannot be compared so.',
  'query.bad-number': 'This is no number; write 90, 5m or 10..60.',
  'query.bad-instant': 'This is no time; write 2026-11-01, 2026-11-01T08:30Z or -7d.',
  'query.empty-range': 'This range is empty: its end comes before its start.',
} as const;
export type QueryErrorCode = keyof typeof QUERY_FAULTS;

/** A search that cannot be read, and the place in it, in UTF-16 units. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  constructor(
    readonly code: QueryErrorCode,
    readonly at: number,
    readonly length: number,
    /** The field that was probably meant. */
    readonly meant: FieldName | null = null,
  ) {
    super(code);
  }

  get title(): string {
    return QUERY_FAULTS[this.code];
  }
}
