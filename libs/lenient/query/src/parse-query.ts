import { type FieldName, isFieldName } from './fields.js';
import { nearestField } from './nearest-field.js';
import type { Query } from './query.js';
import { QueryError } from './query-error.js';
import { testOf } from './tests-of-term.js';
import { type Token, tokensOf } from './tokens.js';

const LENGTH_MAX = 1000;
const TERMS_MAX = 50;
const DEPTH_MAX = 12;

/**
 * Reads a search. Throws QueryError, which points at the place.
 *
 * ```
 * some  = every ("OR" every)*           every = not ("AND"? not)*         not = ("NOT" | "-") not | term
 * term  = "(" some ")" | field op value ("," value)* | text               op  = ":" "~" "<" "<=" ">" ">="
 * ```
 * `:` is the whole value (`*` is any run of characters, `a..b` a range), `~` a part of it, `has:field` that there is one.
 * A text alone is a part of the signature. Quotes take a value as it is.
 * `now`: milliseconds since 1970, for times such as `-7d`.
 */
export function parseQuery(text: string, now: number = Date.now()): Query {
  if (text.length > LENGTH_MAX) throw new QueryError('query.too-long', LENGTH_MAX, text.length - LENGTH_MAX);
  const tokens = tokensOf(text);
  const excess = tokens.filter((it) => it.kind === 'text' || it.kind === 'term')[TERMS_MAX];
  if (excess !== undefined) throw new QueryError('query.too-many-terms', excess.at, text.length - excess.at);
  if (tokens.length === 0) return { kind: 'every', parts: [] };
  const reader = new Reader(tokens, text.length, now);
  const query = reader.some(0);
  reader.end();
  return query;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #length: number;
  readonly #now: number;
  #next = 0;

  constructor(tokens: readonly Token[], length: number, now: number) {
    this.#tokens = tokens;
    this.#length = length;
    this.#now = now;
  }

  some(depth: number): Query {
    const parts = [this.#every(depth)];
    while (this.#take('or')) parts.push(this.#every(depth));
    return joined('some', parts);
  }

  end(): void {
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw new QueryError('query.stray-parenthesis', left.at, 1);
  }

  #every(depth: number): Query {
    const parts = [this.#not(depth)];
    for (;;) {
      const explicit = this.#take('and');
      const next = this.#tokens[this.#next]?.kind;
      if (!explicit && (next === undefined || next === 'or' || next === 'close')) return joined('every', parts);
      parts.push(this.#not(depth));
    }
  }

  #not(depth: number): Query {
    let negated = false;
    while (this.#take('not')) negated = !negated;
    const part = this.#term(depth);
    return negated ? { kind: 'not', part } : part;
  }

  #term(depth: number): Query {
    const token = this.#tokens[this.#next];
    if (token?.kind === 'open') return this.#inParentheses(token, depth + 1);
    if (token?.kind === 'text') {
      this.#next++;
      const { text, at, end } = token.value;
      if (text === '') throw new QueryError('query.missing-value', at, end - at);
      return { kind: 'match', field: 'signature', test: { is: 'containing', value: text } };
    }
    if (token?.kind === 'term') {
      this.#next++;
      return matchOf(token, this.#now);
    }
    throw new QueryError(
      'query.missing-term',
      token?.at ?? this.#length,
      token === undefined ? 0 : token.end - token.at,
    );
  }

  #inParentheses({ at }: Token, depth: number): Query {
    if (depth > DEPTH_MAX) throw new QueryError('query.too-deep', at, 1);
    this.#next++;
    if (this.#tokens[this.#next] === undefined) throw new QueryError('query.unclosed-parenthesis', at, 1);
    const inner = this.some(depth);
    if (!this.#take('close')) throw new QueryError('query.unclosed-parenthesis', at, 1);
    return inner;
  }

  #take(kind: Token['kind']): boolean {
    if (this.#tokens[this.#next]?.kind !== kind) return false;
    this.#next++;
    return true;
  }
}

function joined(kind: 'every' | 'some', parts: Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function matchOf({ name, operator, values }: Extract<Token, { kind: 'term' }>, now: number): Query {
  const named = name.text.toLowerCase();
  if (named === 'has' && operator === ':') {
    return joined(
      'some',
      values.map((it) => ({ kind: 'match', field: fieldOf(it.text, it), test: { is: 'there' } })),
    );
  }
  const field = fieldOf(named, name);
  return joined(
    'some',
    values.map((it) => ({ kind: 'match', field, test: testOf(field, operator, it, now) })),
  );
}

function fieldOf(text: string, { at, end }: { readonly at: number; readonly end: number }): FieldName {
  const name = text.toLowerCase();
  if (isFieldName(name)) return name;
  throw new QueryError('query.unknown-field', at, end - at, nearestField(name));
}
