import { expect, test } from 'vitest';
import { compareVersions } from './compare-versions.js';

test.each([
  ['1.9', '1.10'],
  ['1.0-beta', '1.0'],
  ['1.0-alpha2', '1.0-beta1'],
  ['1.0', '1.0.1'],
  ['4.18.2', '5'],
  ['2.0-rc1', '2.0-rc2'],
  ['', '1'],
])('%s comes before %s', (before, after) => {
  expect(compareVersions(before, after)).toBeLessThan(0);
  expect(compareVersions(after, before)).toBeGreaterThan(0);
});

test.each([
  ['1.0', '1.0.0'],
  ['01.2', '1.2'],
  ['1.0-Beta', '1.0-beta'],
])('%s and %s are the same', (a, b) => {
  expect(compareVersions(a, b)).toBe(0);
});
