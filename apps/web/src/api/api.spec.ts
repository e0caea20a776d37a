import { expect, test } from 'vitest';
import { momentOf, momentOrNull } from './moment-of.js';
import { placesBeside } from './places-beside.js';

test('an instant is ISO text or seconds', () => {
  expect(momentOf('2026-11-22T14:02:11.204Z')).toBe(Date.UTC(2026, 10, 22, 14, 2, 11, 204));
  expect(momentOf(1_795_356_131)).toBe(1_795_356_131_000);
  expect(momentOrNull(null)).toBeNull();
});

test('the other origins of one machine', () => {
  expect(placesBeside(new URL('http://localhost:8080'))).toEqual({
    room: 'http://room.localhost:8081',
    ingest: 'http://localhost:8082',
  });
});
