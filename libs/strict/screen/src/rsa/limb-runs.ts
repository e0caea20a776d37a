import type { Span, Window } from '../frame/window.js';

/** A run of 64-bit limbs that look random, as far as it goes. */
export interface LimbRun {
  /** Index into the window's bytes; a multiple of 8. */
  readonly start: number;
  readonly limbs: number;
}

/** Longer runs are compressed or encrypted data. */
const MOST_LIMBS = 4096;
export const FEWEST_LIMBS = 4;

/**
 * Maximal runs of limbs without a pointer, a small number or a repetition among them: integers of keys stand out of a heap
 * like this, because an allocator's header comes before and behind. A run of text is none;
 * a random limb without a high bit happens once in 256, so one is borne even in the shortest run.
 */
export function forEachLimbRun({ words, from, to }: Window, span: Span, visit: (run: LimbRun) => void): void {
  const end = to >> 3;
  const spanEnd = (span.to + 7) >> 3;
  let i = Math.max((from + 7) >> 3, (span.from + 7) >> 3);
  // What began before the span was visited with the span before it.
  if (i > from >> 3 && i > 0) while (i < end && isRandom(words, i - 1) && isRandom(words, i)) i++;
  while (i < spanEnd) {
    const low = words[2 * i] ?? 0;
    const high = words[2 * i + 1] ?? 0;
    const top = high >>> 16;
    if (top === 0 || top === 0xffff || low === high) {
      i++;
      continue;
    }
    const start = i;
    let soft = 0;
    for (; i < end; i++) {
      const lowHalf = words[2 * i] ?? 0;
      const highHalf = words[2 * i + 1] ?? 0;
      const topHalf = highHalf >>> 16;
      if (topHalf === 0 || topHalf === 0xffff || lowHalf === highHalf) break;
      if (((lowHalf | highHalf) & 0x80808080) === 0) soft++;
    }
    const limbs = i - start;
    if (limbs >= FEWEST_LIMBS && limbs <= MOST_LIMBS && soft <= Math.max(1, limbs >> 3))
      visit({ start: 8 * start, limbs });
  }
}

function isRandom(words: Int32Array, limb: number): boolean {
  const low = words[2 * limb] ?? 0;
  const high = words[2 * limb + 1] ?? 0;
  const top = high >>> 16;
  return top !== 0 && top !== 0xffff && low !== high;
}
