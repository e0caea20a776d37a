import { expect, test } from 'vitest';
import { minutesText, scopeText } from './words.js';

test('a scope in words', () => {
  expect(scopeText({ kind: 'stack', threads: [14] })).toBe('Stack of thread 14');
  expect(scopeText({ kind: 'stack', threads: [3, 14] })).toBe('Stacks of threads 3 and 14');
  expect(scopeText({ kind: 'stack', threads: [1, 3, 14] })).toBe('Stacks of threads 1, 3 and 14');
  expect(scopeText({ kind: 'memory', ranges: [{ address: '0x1', length: 1 }] })).toBe('One memory range');
});

test('a time in words', () => {
  expect([30, 60, 90, 1440].map(minutesText)).toEqual(['30 min', '1 h', '90 min', '24 h']);
});
