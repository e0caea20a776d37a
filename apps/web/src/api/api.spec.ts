import { expect, test } from 'vitest';
import { ApiError, explainError } from './api-error.js';
import { momentOf, momentOrNull } from './moment-of.js';
import { placesBeside } from './places-beside.js';
import { queryText } from './request.js';

test('an instant is ISO text or seconds', () => {
  expect(momentOf('2026-11-22T14:02:11.204Z')).toBe(Date.UTC(2026, 10, 22, 14, 2, 11, 204));
  expect(momentOf(1_795_356_131)).toBe(1_795_356_131_000);
  expect(momentOrNull(null)).toBeNull();
});

test('a query leaves out what is empty and escapes the rest', () => {
  expect(queryText({ project: 'a', q: 'x::y & z', cursor: null, sort: '' })).toBe('?project=a&q=x%3A%3Ay+%26+z');
  expect(queryText({ q: undefined })).toBe('');
});

test('the other origins of one machine', () => {
  expect(placesBeside(new URL('http://localhost:8080'))).toEqual({
    room: 'http://room.localhost:8081',
    ingest: 'http://localhost:8082',
  });
});

test('each failure has a code and a sentence, and none quotes what failed', () => {
  expect(explainError(new ApiError('http.forbidden', 403, 'You may not do this.'))).toEqual({
    code: 'http.forbidden',
    why: 'You may not do this.',
  });
  expect(explainError(new ApiError('network.timeout', 0, null)).why).toContain('15 seconds');
  expect(explainError(new TypeError('x is not a function at secret')).why).not.toContain('secret');
});
