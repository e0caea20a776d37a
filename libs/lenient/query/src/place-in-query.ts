import { FIELD_NAMES, type FieldName, factsOf, isFieldName } from './fields.js';

/** What is being typed at a place of a search: a field's name, or a field's value. `from` to `to` is what a choice replaces. */
export interface PlaceInQuery {
  readonly what: 'field' | 'value';
  readonly field: FieldName | null;
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

const TYPED_FIELD = /(?:^|[\s(-])([A-Za-z_]*)$/;
const TYPED_VALUE =
  /(?:^|[\s(-])([A-Za-z_]+)(?::|~|<=|>=|<|>)((?:[^\s",]*,|"(?:[^"\\]|\\.)*",)*)("(?:[^"\\]|\\.)*|[^\s",]*)$/;

/** `at`: where the caret is, in UTF-16 units. */
export function placeInQuery(text: string, at: number): PlaceInQuery {
  const before = text.slice(0, at);
  const value = TYPED_VALUE.exec(before);
  if (value !== null) {
    const [, name = '', , typed = ''] = value;
    const field = name.toLowerCase();
    return {
      what: 'value',
      field: isFieldName(field) ? field : null,
      typed: typed.replace(/^"/, '').replace(/\\(.)/g, '$1'),
      from: at - typed.length,
      to: at,
    };
  }
  const typed = TYPED_FIELD.exec(before)?.[1] ?? '';
  return { what: 'field', field: null, typed, from: at - typed.length, to: at };
}

export interface FieldChoice {
  readonly field: FieldName;
  readonly about: string;
  readonly example: string;
}

/** Fields whose names begin so, then those that contain it. */
export function fieldChoices(typed: string): FieldChoice[] {
  const wanted = typed.toLowerCase();
  const begun = FIELD_NAMES.filter((it) => it.startsWith(wanted));
  const within = FIELD_NAMES.filter((it) => !it.startsWith(wanted) && it.includes(wanted));
  return [...begun, ...within].map((field) => {
    const { about, example } = factsOf(field);
    return { field, about, example };
  });
}
