/** How often a feature occurs among reports of a group, and among others. */
export interface FeatureCount {
  readonly field: string;
  readonly value: string;
  readonly own: number;
  readonly others: number;
}

export interface Correlation extends FeatureCount {
  /** Share in the group, and elsewhere: 0 to 1. */
  readonly ownShare: number;
  readonly otherShare: number;
  /** The one over the other; null where it occurs nowhere else. */
  readonly lift: number | null;
  /** Chance of so much difference where there is none, times the number of features that were looked at (Bonferroni). */
  readonly chance: number;
}

/** Reports of each side below which nothing is said. */
const REPORTS_MIN = 20;
/** Reports of the group that must have a feature. */
const OWN_MIN = 10;
/** Least count that the G-test may expect in a cell. */
const EXPECTED_MIN = 5;
const CHANCE_MAX = 0.001;
/** A difference that is certain may still be too small to mean anything. */
const DIFFERENCE_MIN = 0.05;
const SHOWN = 30;

/**
 * Features that are more frequent in a group than elsewhere, most telling first: a G-test of each on its 2 x 2 table, with one degree
 * of freedom, corrected for their number. Empty where there are too few reports to say anything.
 */
export function correlate(features: readonly FeatureCount[], ownReports: number, otherReports: number): Correlation[] {
  if (ownReports < REPORTS_MIN || otherReports < REPORTS_MIN) return [];
  const total = ownReports + otherReports;
  const tested = features.filter(({ own, others }) => {
    const having = own + others;
    const least = (Math.min(having, total - having) * Math.min(ownReports, otherReports)) / total;
    return own >= OWN_MIN && least >= EXPECTED_MIN;
  });
  return tested
    .map((feature) => correlationOf(feature, ownReports, otherReports, tested.length))
    .filter((it) => it.chance <= CHANCE_MAX && it.ownShare - it.otherShare >= DIFFERENCE_MIN)
    .sort((a, b) => b.ownShare - b.otherShare - (a.ownShare - a.otherShare) || b.own - a.own)
    .slice(0, SHOWN);
}

function correlationOf(feature: FeatureCount, ownReports: number, otherReports: number, tests: number): Correlation {
  const { own, others } = feature;
  const [ownShare, otherShare] = [own / ownReports, others / otherReports];
  const g = gStatistic([own, ownReports - own, others, otherReports - others]);
  return {
    ...feature,
    ownShare,
    otherShare,
    lift: others === 0 ? null : ownShare / otherShare,
    chance: Math.min(1, chanceOf(g) * tests),
  };
}

/** Of a 2 x 2 table a, b / c, d: twice the sum of observed times log(observed / expected). */
export function gStatistic([a, b, c, d]: readonly [number, number, number, number]): number {
  const total = a + b + c + d;
  const part = (observed: number, row: number, column: number): number =>
    observed === 0 ? 0 : observed * Math.log((observed * total) / (row * column));
  return 2 * (part(a, a + b, a + c) + part(b, a + b, b + d) + part(c, c + d, a + c) + part(d, c + d, b + d));
}

/** Chance that chi-squared with one degree of freedom is as large: erfc(sqrt(g / 2)), by Abramowitz and Stegun 7.1.26. */
export function chanceOf(g: number): number {
  const x = Math.sqrt(Math.max(g, 0) / 2);
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return poly * Math.exp(-x * x);
}
