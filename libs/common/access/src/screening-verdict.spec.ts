import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ScreeningFacts, screeningVerdict } from './screening-verdict.js';

const COMPLETE: ScreeningFacts = { state: 'complete', detectors: 3, newestDetectors: 3, highestLevel: null };

test.each<[string, Partial<ScreeningFacts>, number, ReturnType<typeof screeningVerdict>]>([
  ['complete, and nothing found', {}, -1, 'allows'],
  ['complete, and nothing above the level', { highestLevel: 1 }, 1, 'allows'],
  ['something at the level that wakes people', { highestLevel: 2 }, 1, 'has-findings'],
  ['anything at all, where nothing may be', { highestLevel: 0 }, -1, 'has-findings'],
  ['by older detectors', { detectors: 2 }, 5, 'older-detectors'],
  ['partial', { state: 'partial' }, 5, 'not-complete'],
  ['failed', { state: 'failed' }, 5, 'not-complete'],
  ['never', { state: 'none', detectors: 0 }, 5, 'not-screened'],
])('a dump screened %s', (_what, facts, level, verdict) => {
  expect(screeningVerdict({ ...COMPLETE, ...facts }, level)).toBe(verdict);
});

test('it allows a complete screen by the newest set and nothing else', () => {
  fc.assert(
    fc.property(
      fc.record({
        state: fc.constantFrom('none', 'partial', 'complete', 'failed'),
        detectors: fc.nat(9),
        newestDetectors: fc.nat(9),
        highestLevel: fc.option(fc.nat(5)),
      }),
      fc.integer({ min: -1, max: 5 }),
      (facts, level) => {
        const isFit =
          facts.state === 'complete' && facts.detectors >= facts.newestDetectors && (facts.highestLevel ?? -1) <= level;
        expect(screeningVerdict(facts, level) === 'allows').toBe(isFit);
      },
    ),
  );
});
