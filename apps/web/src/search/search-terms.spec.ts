import { describe, expect, test } from 'vitest';
import { listSearch, readListSearch } from './search-state.js';
import { hasTerm, readSearch, toggleTerm } from './search-terms.js';

describe('a click on a facet', () => {
  test('adds its term, and a second one takes it away', () => {
    const once = toggleTerm('', 'version', '4.18.2');
    expect(once).toBe('version:4.18.2');
    expect(hasTerm(once, 'version', '4.18.2')).toBe(true);
    expect(toggleTerm(once, 'version', '4.18.2')).toBe('');
  });

  test('leaves the rest of the search as it is', () => {
    const both = toggleTerm('function~Run', 'os', 'linux');
    expect(both).toBe('function~Run os:linux');
    expect(toggleTerm(both, 'os', 'linux')).toBe('function~Run');
  });

  test('quotes what needs it, and finds it again', () => {
    const q = toggleTerm('', 'reason', 'SIGSEGV / SEGV_MAPERR');
    expect(hasTerm(q, 'reason', 'SIGSEGV / SEGV_MAPERR')).toBe(true);
  });

  test('does nothing to a search that cannot be read, and an alternative is no must', () => {
    expect(toggleTerm('version:', 'os', 'linux')).toBe('version:');
    expect(hasTerm('os:linux OR os:mac', 'os', 'linux')).toBe(false);
  });
});

test('a fault knows its place', () => {
  const read = readSearch('os:linux produkt:x');
  expect('fault' in read && read.fault.at).toBe(9);
});

test('the address holds what is not as usual, and nothing that is no search', () => {
  expect(listSearch(' x ', 7)).toEqual({ q: 'x' });
  expect(listSearch('', 28)).toEqual({ days: 28 });
  expect(readListSearch({ q: 12, days: '28', project: 'a b' })).toEqual({ q: '12', days: 28 });
  expect(readListSearch({ days: 'x' })).toEqual({});
  expect(readListSearch({ days: 1e9 })).toEqual({});
});
