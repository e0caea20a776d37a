import { SCREEN_COUNT_MAX, type ScreenSummary } from '@crashkeep/report';

/** What a worker knows of a screening's end. One entry a secret. */
export interface ScreeningFacts {
  readonly state: 'complete' | 'partial' | 'failed';
  readonly detectors: number;
  readonly severities: readonly string[];
}

/** A row of its own across the wall (DESIGN.md 2): a state and five small counts, built up field by field. */
export function discloseScreening({ state, detectors, severities }: ScreeningFacts): ScreenSummary {
  const count = (wanted: string): number =>
    Math.min(SCREEN_COUNT_MAX, severities.filter((severity) => severity === wanted).length);
  return {
    state,
    detectors,
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    info: count('info'),
  };
}
