import { expect, test } from 'vitest';
import { idOf, readCompareSearch } from './compare-search.js';

const ID = '0193f2c8-7a41-4abc-8def-0123456789ab';

test('an id, or the address of its page, is an id', () => {
  expect(idOf(` ${ID.toUpperCase()} `)).toBe(ID);
  expect(idOf(`http://localhost:8080/reports/${ID}?project=default#modules`)).toBe(ID);
  expect(idOf('javascript:alert(1)')).toBeUndefined();
  expect(idOf(12)).toBeUndefined();
});

test('what is not an id is left out of the address', () => {
  expect(readCompareSearch({ left: ID, right: '../x', project: 'default' })).toEqual({ left: ID, project: 'default' });
});
