/**
 * query: the language of searches. One reader for server, page and command line.
 *
 * May import: report (its closed lists). Pure; runs in a browser too.
 * Invariants: a search is bounded in length, terms and depth; an error points at its place and never quotes what was typed; what is
 * printed reads back as the same search.
 * Sources: docs/search.md.
 */
export { FIELDS, FIELD_NAMES, type FieldKind, type FieldName, GROUP_STATUSES, factsOf, isFieldName } from './fields.js';
export { EVERYTHING, type Query, type Test, fieldsOf } from './query.js';
export { QUERY_FAULTS, QueryError, type QueryErrorCode } from './query-error.js';
export { parseQuery } from './parse-query.js';
export { printQuery, termText } from './print-query.js';
export { type FieldChoice, type PlaceInQuery, fieldChoices, placeInQuery } from './place-in-query.js';
