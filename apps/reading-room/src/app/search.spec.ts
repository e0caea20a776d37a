import { expect, test } from 'vitest';
import { readAsk, readAudit, readView } from './search.js';

const id = '0193f2c8-7a41-4a11-8a11-000000000001';

test('what the console links with is read', () => {
  expect(readAsk({ dump: id, thread: 14 })).toEqual({ dump: id, thread: 14 });
  expect(readAsk({ dump: 'a'.repeat(16), thread: '3' })).toEqual({ dump: 'a'.repeat(16), thread: 3 });
});

test('what is not of its form is left out', () => {
  expect(readAsk({ dump: '../etc', thread: -1 })).toEqual({});
  expect(readAsk({ thread: 1.5 })).toEqual({});
  expect(readView({ view: 'theirs' })).toEqual({});
  expect(readAudit({ act: '<script>', grant: id })).toEqual({ grant: id });
});
