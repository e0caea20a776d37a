import { type Leaks, ScreenSummary } from '@crashkeep/report';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { discloseScreening } from './disclose-screening.js';

const STATES = ['complete', 'partial', 'failed'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

test('the summary has no place for text', () => {
  expectTypeOf<Leaks<ScreenSummary>>().toEqualTypeOf<false>();
});

test('counts by severity and nothing else, whatever else a severity might say', () => {
  const severities = ['critical', 'critical', 'low', '-----BEGIN RSA PRIVATE KEY-----', 'high '];
  expect(discloseScreening({ state: 'partial', detectors: 3, severities })).toEqual({
    ...{ state: 'partial', detectors: 3, critical: 2, high: 0, medium: 0, low: 1, info: 0 },
  });
});

test('no more than 42 bits of a dump cross: a state and five counts of eight bits', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STATES),
      fc.array(fc.constantFrom(...SEVERITIES, 'other', 'x'.repeat(99)), { maxLength: 2000 }),
      (state, severities) => {
        const summary = ScreenSummary.parse(discloseScreening({ state, detectors: 1, severities }));
        const counts = SEVERITIES.map((severity) => summary[severity]);
        expect(counts.every((count) => Number.isInteger(count) && count >= 0 && count < 2 ** 8)).toBe(true);
        expect(Object.keys(summary)).toEqual(['state', 'detectors', ...SEVERITIES]);
      },
    ),
  );
});
