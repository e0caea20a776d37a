import fc from 'fast-check';
import { expect, test } from 'vitest';
import { installsOf } from './installs.js';
import { isRising } from './is-rising.js';

const kept = (hashes: number[]): number[] => [...new Set(hashes)].sort((a, b) => a - b).slice(0, 256);
const hashes = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    let x = BigInt(i + 1) * 0x9e3779b97f4a7c15n + BigInt(seed) * 0xbf58476d1ce4e5b9n;
    x = BigInt.asUintN(64, (x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
    x = BigInt.asUintN(64, (x ^ (x >> 27n)) * 0x94d049bb133111ebn);
    return Number((x ^ (x >> 31n)) >> 11n);
  });

test('few installs are counted exactly, over days that share some', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (count, seed) => {
      const all = hashes(count, seed);
      const days = [kept(all.slice(0, 150)), kept(all.slice(50))];
      expect(installsOf(days)).toEqual({ count: new Set(all).size, exact: true });
    }),
  );
});

test.each([1_000, 20_000, 300_000])('%d installs are estimated within a fifth', (count) => {
  const all = hashes(count, 7);
  const days = [kept(all.slice(0, Math.floor(count / 2))), kept(all.slice(Math.floor(count / 3)))];
  const { count: estimate, exact } = installsOf(days);
  expect(exact).toBe(false);
  expect(Math.abs(estimate - count) / count).toBeLessThan(0.2);
});

test('rising is more than chance, and more than half more', () => {
  expect(isRising(30, 10)).toBe(true);
  expect(isRising(3, 1)).toBe(false);
  expect(isRising(12_000, 10_000)).toBe(false);
  expect(isRising(50, 0)).toBe(false);
});
