/** Times as many as before, at the least. */
const FACTOR = 1.5;
/** Standard deviations of the difference of two Poisson counts. */
const DEVIATIONS = 3;

/** More than before by half, and by more than chance would bring. A crash that was not there before is new, not rising. */
export const isRising = (count: number, before: number): boolean =>
  before > 0 && count >= FACTOR * before && count - before > DEVIATIONS * Math.sqrt(count + before);
