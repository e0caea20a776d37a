import { expect, test } from 'vitest';
import { describeError } from './logger.js';

test("an error's message is not written: it may quote a value", () => {
  const error = Object.assign(new TypeError('Unexpected token: hunter2'), { code: 'E_TOKEN' });
  const told = JSON.stringify(describeError(error));
  expect(told).toContain('TypeError');
  expect(told).toContain('E_TOKEN');
  expect(told).not.toContain('hunter2');
});

test('a message of several lines does not pass as a place', () => {
  const told = JSON.stringify(describeError(new Error('first\nsecond hunter2')));
  expect(told).not.toContain('hunter2');
});

test('a code that is free text is left out', () => {
  expect(describeError(Object.assign(new Error('x'), { code: 'hunter2 is the key' })).code).toBeNull();
});

test('what is no error is named by its type', () => {
  expect(describeError('hunter2')).toEqual({ error: 'string' });
});
