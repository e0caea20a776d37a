import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOf, correlate, gStatistic } from './correlate.js';

const feature = (value: string, own: number, others: number) => ({ field: 'module', value, own, others });

test('the statistic of a table, and its chance, as text books have them', () => {
  expect(gStatistic([10, 90, 10, 90])).toBeCloseTo(0, 10);
  expect(gStatistic([30, 70, 10, 90])).toBeCloseTo(13.0, 0);
  expect(chanceOf(3.841)).toBeCloseTo(0.05, 3);
  expect(chanceOf(6.635)).toBeCloseTo(0.01, 3);
  expect(chanceOf(10.828)).toBeCloseTo(0.001, 4);
});

test('what a group has and others have not is told, with its lift', () => {
  const [found, ...rest] = correlate([feature('hook.dll', 90, 50), feature('libc.so', 100, 990)], 100, 1000);
  expect(rest).toEqual([]);
  expect(found).toMatchObject({ value: 'hook.dll', ownShare: 0.9, otherShare: 0.05, lift: 18 });
  expect(found?.chance).toBeLessThan(1e-9);
});

test.each([
  ['too few reports', [feature('hook.dll', 15, 0)], 15, 1000],
  ['too few that have it', [feature('hook.dll', 5, 0)], 100, 1000],
  ['less than elsewhere', [feature('hook.dll', 10, 900)], 100, 1000],
  ['certain, but small', [feature('hook.dll', 52_000, 500_000)], 100_000, 1_000_000],
  ['chance', [feature('hook.dll', 14, 100)], 100, 1000],
])('nothing is told of %s', (_what, features, own, others) => {
  expect(correlate(features, own, others)).toEqual([]);
});

test('of many features that differ by chance alone, hardly ever one is told', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      let state = seed >>> 0;
      const random = (): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
      };
      const draw = (n: number, p: number): number => Array.from({ length: n }).filter(() => random() < p).length;
      const features = Array.from({ length: 50 }, (_, i) => feature(String(i), draw(200, 0.3), draw(1000, 0.3)));
      told += correlate(features, 200, 1000).length;
    }),
    { numRuns: 30 },
  );
  expect(told).toBeLessThanOrEqual(2);
});
