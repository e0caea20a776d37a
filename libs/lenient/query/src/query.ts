import type { FieldName } from './fields.js';

/** What a value must be like. Texts are compared without regard to case; `like` is a text with `*` for any run of characters. */
export type Test =
  | { readonly is: 'equal'; readonly value: string }
  | { readonly is: 'like'; readonly pattern: string }
  | { readonly is: 'containing'; readonly value: string }
  /** Numbers, or milliseconds since 1970; both ends belong to it. */
  | { readonly is: 'within'; readonly least: number | null; readonly most: number | null }
  /** The report has one at all. */
  | { readonly is: 'there' };

/** A parsed search. `every` of none is everything. */
export type Query =
  | { readonly kind: 'every' | 'some'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'match'; readonly field: FieldName; readonly test: Test };

export const EVERYTHING: Query = { kind: 'every', parts: [] };

/** The fields that a search names. */
export function fieldsOf(query: Query): Set<FieldName> {
  if (query.kind === 'match') return new Set([query.field]);
  const parts = query.kind === 'not' ? [query.part] : query.parts;
  return new Set(parts.flatMap((it) => [...fieldsOf(it)]));
}
