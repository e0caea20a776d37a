import type { Span, Window } from '../frame/window.js';

/** A run of 64-bit limbs that look random, as far as it goes. */
export interface LimbRun {
  /** Index into the window's bytes; a multiple of 8. */
  readonly start: number;
  readonly limbs: number;
}

/** Longer runs are compressed or encrypted data. */
const MOST_LIMBS = 4096;
const FEWEST_LIMBS = 4;
/** What `looksRandom` asks of the shortest run; a run with fewer holds no piece that has as many. */
const FEWEST_DISTINCT = 24;

/**
 * Maximal runs of limbs without a pointer, a small number or a repetition among them: integers of keys stand out of a heap
 * like this, because an allocator's header comes before and behind. A run of text is none;
 * a random limb without a high bit happens once in 256, so one is borne even in the shortest run.
 */
export function forEachLimbRun(window: Window, span: Span, visit: (run: LimbRun) => void): void {
  const { memory } = window;
  const { kernels } = memory;
  const up = (index: number) => (index + 7) & ~7;
  const floor = memory.placeOf(up(window.from));
  const limit = memory.placeOf(window.to & ~7);
  memory.searchPairs(
    up(span.from),
    Math.min(up(span.to), window.to & ~7),
    (from, to, out) => kernels.limbRuns(from, to, floor, limit, FEWEST_LIMBS, MOST_LIMBS, FEWEST_DISTINCT, out),
    (start, limbs) => {
      visit({ start, limbs });
    },
  );
}
