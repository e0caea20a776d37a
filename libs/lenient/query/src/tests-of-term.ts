import { type FieldName, factsOf } from './fields.js';
import type { Test } from './query.js';
import { QueryError, type QueryErrorCode } from './query-error.js';
import type { Operator, TextToken } from './tokens.js';

/** What one value of a term asks of its field. `now`: milliseconds since 1970. Throws QueryError. */
export function testOf(field: FieldName, operator: Operator, value: TextToken, now: number): Test {
  const { kind, choices } = factsOf(field);
  if (kind === 'number' || kind === 'instant') return comparison(kind, operator, value, now);
  if (operator !== ':' && operator !== '~') throw wrong('query.wrong-operator', value);
  if (choices !== undefined) return choice(choices, operator, value);
  if (value.text === '') throw wrong('query.missing-value', value);
  if (operator === '~') return { is: 'containing', value: value.text };
  if (!value.quoted && value.text === '*') return { is: 'there' };
  return !value.quoted && value.text.includes('*')
    ? { is: 'like', pattern: value.text }
    : { is: 'equal', value: value.text };
}

const wrong = (code: QueryErrorCode, { at, end }: TextToken): QueryError => new QueryError(code, at, end - at);

function choice(choices: readonly string[], operator: Operator, value: TextToken): Test {
  if (operator !== ':') throw wrong('query.wrong-operator', value);
  if (!value.quoted && value.text === '*') return { is: 'there' };
  const chosen = choices.find((it) => it === value.text.toLowerCase());
  if (chosen === undefined) throw wrong('query.unknown-value', value);
  return { is: 'equal', value: chosen };
}

function comparison(kind: 'number' | 'instant', operator: Operator, value: TextToken, now: number): Test {
  if (operator === '~') throw wrong('query.wrong-operator', value);
  if (operator === ':' && value.text === '*' && !value.quoted) return { is: 'there' };
  if (operator === ':' && value.text.includes('..')) return range(kind, value, now);
  const [first, last] = pointOf(kind, value, value.text, now);
  switch (operator) {
    case ':':
      return { is: 'within', least: first, most: last };
    case '<':
      return { is: 'within', least: null, most: first - 1 };
    case '<=':
      return { is: 'within', least: null, most: last };
    case '>':
      return { is: 'within', least: last + 1, most: null };
    case '>=':
      return { is: 'within', least: first, most: null };
  }
}

function range(kind: 'number' | 'instant', value: TextToken, now: number): Test {
  const [from = '', to = '', ...rest] = value.text.split('..');
  if (rest.length > 0 || (from === '' && to === '')) throw wrong(badCode(kind), value);
  const least = from === '' ? null : pointOf(kind, value, from, now)[0];
  const most = to === '' ? null : pointOf(kind, value, to, now)[1];
  if (least !== null && most !== null && least > most) throw wrong('query.empty-range', value);
  return { is: 'within', least, most };
}

const badCode = (kind: 'number' | 'instant'): QueryErrorCode =>
  kind === 'number' ? 'query.bad-number' : 'query.bad-instant';

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const NUMBER = /^(\d{1,12})([smhd]?)$/;
const AGO = /^-(\d{1,5})([mhd])$/;
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z?)?$/;

/** The first and the last number that a text names: a day is all of its milliseconds. */
function pointOf(kind: 'number' | 'instant', token: TextToken, text: string, now: number): [number, number] {
  const found = kind === 'number' ? numberOf(text) : instantOf(text, now);
  if (found === null) throw wrong(badCode(kind), token);
  return found;
}

function numberOf(text: string): [number, number] | null {
  const [, digits = '', unit = ''] = NUMBER.exec(text) ?? [];
  if (digits === '') return null;
  const number = Number(digits) * (UNIT_SECONDS[unit] ?? 1);
  return [number, number];
}

function instantOf(text: string, now: number): [number, number] | null {
  const ago = AGO.exec(text);
  if (ago !== null) {
    const at = now - Number(ago[1]) * (UNIT_SECONDS[ago[2] ?? ''] ?? 1) * 1000;
    return [at, at];
  }
  const found = INSTANT.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map((it) => Number(it || 0));
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at);
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return null;
  const length = found[4] === undefined ? 86_400_000 : found[6] === undefined ? 60_000 : 1000;
  return [at, at + length - 1];
}
