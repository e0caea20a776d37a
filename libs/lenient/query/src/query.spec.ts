import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FIELD_NAMES,
  type Query,
  QueryError,
  factsOf,
  parseQuery,
  placeInQuery,
  printQuery,
  termText,
} from './index.js';

const NOW = Date.UTC(2026, 10, 25);
const parse = (text: string): Query => parseQuery(text, NOW);

describe('a search', () => {
  test.each<[string, unknown]>([
    ['', { kind: 'every', parts: [] }],
    ['relay::find', { kind: 'match', field: 'signature', test: { is: 'containing', value: 'relay::find' } }],
    [
      'Map<int>::find(int)',
      { kind: 'match', field: 'signature', test: { is: 'containing', value: 'Map<int>::find(int)' } },
    ],
    ['OS:Windows', { kind: 'match', field: 'os', test: { is: 'equal', value: 'windows' } }],
    ['version:4.*', { kind: 'match', field: 'version', test: { is: 'like', pattern: '4.*' } }],
    ['version:"4.*"', { kind: 'match', field: 'version', test: { is: 'equal', value: '4.*' } }],
    ['uptime<1m', { kind: 'match', field: 'uptime', test: { is: 'within', least: null, most: 59 } }],
    ['uptime:10..60', { kind: 'match', field: 'uptime', test: { is: 'within', least: 10, most: 60 } }],
    ['has:version', { kind: 'match', field: 'version', test: { is: 'there' } }],
    [
      'received>2026-11-01',
      { kind: 'match', field: 'received', test: { is: 'within', least: Date.UTC(2026, 10, 2), most: null } },
    ],
    [
      'crashed>=-2d',
      { kind: 'match', field: 'crashed', test: { is: 'within', least: Date.UTC(2026, 10, 23), most: null } },
    ],
  ])('%j is read', (text, query) => {
    expect(parse(text)).toEqual(query);
  });

  test('AND binds before OR, NOT before both, and commas are any of them', () => {
    expect(parse('a OR b -c')).toMatchObject({
      kind: 'some',
      parts: [{ kind: 'match' }, { kind: 'every', parts: [{ kind: 'match' }, { kind: 'not' }] }],
    });
    expect(parse('os:linux,mac')).toMatchObject({ kind: 'some', parts: [{ field: 'os' }, { field: 'os' }] });
    expect(parse('(a OR b) AND NOT c')).toMatchObject({ kind: 'every', parts: [{ kind: 'some' }, { kind: 'not' }] });
  });
});

test.each<[string, string, number, number]>([
  ['os:windos', 'query.unknown-value', 3, 6],
  ['verison:1', 'query.unknown-field', 0, 7],
  ['a (b', 'query.unclosed-parenthesis', 2, 1],
  ['a )', 'query.stray-parenthesis', 2, 1],
  ['version:"1', 'query.unclosed-quote', 8, 2],
  ['version: 1', 'query.missing-value', 8, 0],
  ['version:1,', 'query.missing-value', 10, 0],
  ['a OR', 'query.missing-term', 4, 0],
  ['OR a', 'query.missing-term', 0, 2],
  ['uptime:soon', 'query.bad-number', 7, 4],
  ['received:2026-02-30', 'query.bad-instant', 9, 10],
  ['uptime:9..1', 'query.empty-range', 7, 4],
  ['os~win', 'query.wrong-operator', 3, 3],
  ['version<2', 'query.wrong-operator', 8, 1],
  [`${'('.repeat(13)}a${')'.repeat(13)}`, 'query.too-deep', 12, 1],
  ['a '.repeat(51), 'query.too-many-terms', 100, 2],
  ['a'.repeat(1001), 'query.too-long', 1000, 1],
])('%j is refused, and the place shown', (text, code, at, length) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code, at, length }));
});

test('a slip of the pen is told what was meant', () => {
  for (const [text, meant] of [
    ['verison:1', 'version'],
    ['func:x', 'function'],
    ['zzzz:1', null],
  ] as const) {
    expect(() => parse(text)).toThrow(expect.objectContaining({ meant }));
  }
});

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((it) => it.trim() !== '');
const textFields = FIELD_NAMES.filter((it) => factsOf(it).kind === 'text' || factsOf(it).kind === 'words');
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant('match' as const),
      field: fc.constantFrom(...textFields),
      test: fc.oneof(
        words.map((value) => ({ is: 'equal' as const, value })),
        words.map((value) => ({ is: 'containing' as const, value })),
        fc.constant({ is: 'there' as const }),
      ),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('query').filter((it) => it.kind !== 'not') }),
    fc.record({
      kind: fc.constantFrom('every' as const, 'some' as const),
      parts: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

test('what is printed reads back as the same search', () => {
  fc.assert(
    fc.property(query, (it) => {
      const text = printQuery(it);
      fc.pre(text.length <= 1000);
      expect(parse(text)).toEqual(it);
    }),
  );
});

test('any text at all is read, or refused at a place inside it', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '-',
    ' ',
    'OR',
    'AND ',
    '"',
    ',',
    'os:',
    'version~',
    'uptime<',
    '1..2',
    'a',
    '\\',
    '*',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 30 }).map((it) => it.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        expect(error.at).toBeGreaterThanOrEqual(0);
        expect(error.at + error.length).toBeLessThanOrEqual(Math.max(text.length, 0));
      }
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, number, Partial<ReturnType<typeof placeInQuery>>]>([
  ['', 0, { what: 'field', typed: '', from: 0, to: 0 }],
  ['os:linux ver', 12, { what: 'field', typed: 'ver', from: 9, to: 12 }],
  ['os:li', 5, { what: 'value', field: 'os', typed: 'li', from: 3, to: 5 }],
  ['-module:nt', 10, { what: 'value', field: 'module', typed: 'nt', from: 8, to: 10 }],
  ['version:1.0,2', 13, { what: 'value', field: 'version', typed: '2', from: 12, to: 13 }],
  ['module:"a b', 11, { what: 'value', field: 'module', typed: 'a b', from: 7, to: 11 }],
  ['os:linux cpu:arm', 5, { what: 'value', field: 'os', typed: 'li', from: 3, to: 5 }],
])('in %j at %d is completed', (text, at, place) => {
  expect(placeInQuery(text, at)).toMatchObject(place);
});

test('a facet adds a term that finds its value only', () => {
  expect(termText('version', '4.18.2')).toBe('version:4.18.2');
  expect(termText('reason', 'SIGSEGV / SEGV_MAPERR')).toBe('reason:"SIGSEGV / SEGV_MAPERR"');
  expect(parse(termText('module', 'a*b'))).toMatchObject({ test: { is: 'equal', value: 'a*b' } });
});
