import { isFieldName } from './fields.js';
import { QueryError } from './query-error.js';

export interface TextToken {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
  readonly end: number;
}

export type Operator = ':' | '~' | '<' | '<=' | '>' | '>=';

export type Token =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not'; readonly at: number; readonly end: number }
  | { readonly kind: 'text'; readonly value: TextToken; readonly at: number; readonly end: number }
  | {
      readonly kind: 'term';
      readonly name: TextToken;
      readonly operator: Operator;
      /** Separated by commas: any of them. */
      readonly values: readonly TextToken[];
      readonly at: number;
      readonly end: number;
    };

const SPACE = /\s/;
const NAME = /([A-Za-z][A-Za-z_]*)(<=|>=|:|~|<|>)/y;
const KEYWORDS = new Map<string, 'and' | 'or' | 'not'>([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/** Cuts a search into its parts. Throws QueryError. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const char = query.charAt(at);
    if (SPACE.test(char)) at++;
    else {
      const token = tokenAt(query, at);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function tokenAt(query: string, at: number): Token {
  const char = query.charAt(at);
  if (char === '(' || char === ')') return { kind: char === '(' ? 'open' : 'close', at, end: at + 1 };
  if (char === '-' && at + 1 < query.length && !SPACE.test(query.charAt(at + 1)))
    return { kind: 'not', at, end: at + 1 };
  NAME.lastIndex = at;
  const term = NAME.exec(query);
  if (term !== null && !isOfProgram(term, query.charAt(NAME.lastIndex))) return termAt(query, at, term);
  const value = textAt(query, at, ')');
  const keyword = value.quoted ? undefined : KEYWORDS.get(value.text);
  return keyword === undefined ? { kind: 'text', value, at, end: value.end } : { kind: keyword, at, end: value.end };
}

/** `relay::find` and `Map<int>` are names of the program, not the fields `relay` and `Map`. */
const isOfProgram = ([, name = '', operator = '']: RegExpExecArray, next: string): boolean =>
  (operator === ':' && next === ':') || (/[<>]/.test(operator) && !isFieldName(name.toLowerCase()));

function termAt(query: string, at: number, [whole, name = '', operator]: RegExpExecArray): Token {
  const nameToken = { text: name, quoted: false, at, end: at + name.length };
  const values: TextToken[] = [];
  let end = at + whole.length;
  for (;;) {
    if (end >= query.length || SPACE.test(query.charAt(end)) || query.charAt(end) === ',') {
      throw new QueryError('query.missing-value', end, 0);
    }
    const value = textAt(query, end, '),');
    if (value.end === end) throw new QueryError('query.missing-value', end, 0);
    values.push(value);
    end = value.end;
    if (query.charAt(end) !== ',') break;
    end++;
  }
  return { kind: 'term', name: nameToken, operator: operator as Operator, values, at, end };
}

/** A quoted text, or one that goes to a space or to one of `stops` that it has not opened itself: `Map<int>::find(int)`. */
function textAt(query: string, at: number, stops: string): TextToken {
  if (query.charAt(at) === '"') return quotedAt(query, at);
  let end = at;
  for (let depth = 0; end < query.length; end++) {
    const char = query.charAt(end);
    if (SPACE.test(char) || (depth === 0 && stops.includes(char))) break;
    if (char === '(') depth++;
    if (char === ')') depth--;
  }
  return { text: query.slice(at, end), quoted: false, at, end };
}

function quotedAt(query: string, at: number): TextToken {
  let text = '';
  for (let end = at + 1; end < query.length; end++) {
    const char = query.charAt(end);
    if (char === '"') return { text, quoted: true, at, end: end + 1 };
    if (char === '\\' && end + 1 < query.length) end++;
    text += query.charAt(end);
  }
  throw new QueryError('query.unclosed-quote', at, query.length - at);
}
