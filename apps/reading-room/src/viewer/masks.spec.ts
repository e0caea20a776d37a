import { expect, test } from 'vitest';
import { maskedAt, parseMasks } from './masks.js';

test('what the header says, and nothing from what it should not say', () => {
  expect(parseMasks(null)).toEqual([]);
  expect(parseMasks('')).toEqual([]);
  expect(parseMasks('16+32,100+4?,x,5+-1,9')).toEqual([
    { at: 16, length: 32, cause: 'secret' },
    { at: 100, length: 4, cause: 'unsearched' },
  ]);
});

test('a byte is masked from the first to the last, and not behind', () => {
  const masks = parseMasks('16+2,100+1?');
  expect([15, 16, 17, 18, 100, 101].map((at) => maskedAt(masks, at))).toEqual([
    ...[null, 'secret', 'secret', null, 'unsearched', null],
  ]);
});
