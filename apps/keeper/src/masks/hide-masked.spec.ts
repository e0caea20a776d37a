import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HIDDEN_SPANS_MAX, hiddenBytes, hiddenSpans, hide } from './hide-masked.js';
import type { DumpMask } from './mask-book.js';

const PART = '8e0c1c52-6f5c-4a52-9d1e-2f6f6f1f0d10';
const SIZE = 400;

/** Sorted and apart, as a worker signs them. */
const rangesOf = (places: readonly number[]): [number, number][] => {
  const found: [number, number][] = [];
  for (const at of [...new Set(places)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === at) last[1]++;
    else found.push([at, 1]);
  }
  return found;
};

const maskOf = (secret: [number, number][], unsearched: [number, number][], isCurrent = true): DumpMask => ({
  ...{ id: PART, epoch: 0, isCurrent },
  statement: {
    ...{ dump: PART, project: 'default', number: 1, detectors: 1 },
    objects: [{ part: null, secret, unsearched }],
  },
});

const places = fc.array(fc.nat(SIZE - 1), { maxLength: 60 });
const asked = fc.array(fc.record({ offset: fc.nat(SIZE - 50), length: fc.integer({ min: 1, max: 50 }) }), {
  minLength: 1,
  maxLength: 6,
});

test('exactly the masked bytes are hidden, whatever the ranges, and each is told', () => {
  fc.assert(
    fc.property(places, places, asked, (secret, unsearched, ranges) => {
      const spans = hiddenSpans(maskOf(rangesOf(secret), rangesOf(unsearched)), ranges);
      const hidden = new Set([...secret, ...unsearched]);
      const bytes = Buffer.alloc(
        ranges.reduce((sum, { length }) => sum + length, 0),
        1,
      );
      hide(bytes, spans);
      const expected = ranges.flatMap(({ offset, length }) =>
        Array.from({ length }, (_, i) => (hidden.has(offset + i) ? 0 : 1)),
      );
      expect([...bytes]).toEqual(expected);
      expect(hiddenBytes(spans)).toBe(expected.filter((byte) => byte === 0).length);
    }),
  );
});

test('all of it is hidden where newer detectors run than those that looked, and of a part that nobody screened', () => {
  const everything = [{ at: 0, length: 10, cause: 'unsearched' }];
  expect(hiddenSpans(maskOf([], [], false), [{ offset: 3, length: 10 }])).toEqual(everything);
  expect(hiddenSpans(maskOf([], []), [{ offset: 3, length: 10, part: PART }])).toEqual(everything);
  expect(hiddenSpans(maskOf([], []), [{ offset: 3, length: 10 }])).toEqual([]);
});

test('a thousand places are told as fewer, which hide no less', () => {
  const secret = Array.from({ length: 1000 }, (_, i): [number, number] => [4 * i, 1]);
  const spans = hiddenSpans(maskOf(secret, []), [{ offset: 0, length: 4000 }]);
  expect(spans.length).toBeLessThanOrEqual(HIDDEN_SPANS_MAX);
  const bytes = Buffer.alloc(4000, 1);
  hide(bytes, spans);
  expect(secret.every(([at]) => bytes[at] === 0)).toBe(true);
});
