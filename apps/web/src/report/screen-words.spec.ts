import { expect, test } from 'vitest';
import { screenWords } from './screen-words.js';

const screen = { state: 'complete', detectors: 3, critical: 0, high: 0, medium: 0, low: 0, info: 0 } as const;

test.each([
  [{ state: 'none', detectors: 0 }, 'not screened yet'],
  [{}, 'screened by detectors v3: nothing found'],
  [{ critical: 1 }, 'screened by detectors v3: 1 finding, masked (1 critical)'],
  [{ critical: 2, low: 255 }, 'screened by detectors v3: 257 findings, masked (2 critical, 255 or more low)'],
  [{ state: 'partial' }, 'screened by detectors v3, in part; the rest is masked: nothing found'],
  [{ state: 'failed' }, 'screening by detectors v3 failed; all of it is masked'],
] as const)('%o', (changed, words) => {
  expect(screenWords({ ...screen, ...changed })).toBe(words);
});
