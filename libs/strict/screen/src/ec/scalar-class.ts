import type { Window } from '../frame/window.js';

/** How many candidates of one sort a dump has. */
export interface ScalarClass {
  count: number;
}

/** Where a candidate stands in its run: the limbs before it, or -1 for one slot of many. */
const SLOT = -1;
const OTHER = 0x1_0000;

/**
 * Sorts candidates by what stands before the run and by their place in it. A process has one key or ten and keeps each in a chunk of its
 * own; a hundred thousand values after the same head in the same shape are digests, identifiers, or the numbers of another algorithm.
 */
export class ScalarClasses {
  readonly #classes = new Map<number, ScalarClass>();

  /** `limbs` is the run's length; `place` as many limbs before the candidate as there are. */
  of({ words, from }: Window, start: number, limbs: number, place: number): ScalarClass {
    const last = start - 8 < from ? 0 : kindOfLimb(words, (start >> 2) - 2);
    const first = start - 16 < from ? 0 : kindOfLimb(words, (start >> 2) - 4);
    // 17 bits for each limb before the run, 7 for the run's length, 7 for the place.
    const name = ((last * 2 ** 17 + first) * 128 + limbs) * 128 + place - SLOT;
    let known = this.#classes.get(name);
    if (known === undefined) this.#classes.set(name, (known = { count: 0 }));
    return known;
  }
}

/** A small number is itself; of the others only what sort they are. */
function kindOfLimb(words: Int32Array, at: number): number {
  const low = (words[at] ?? 0) >>> 0;
  const high = (words[at + 1] ?? 0) >>> 0;
  if (high === 0) return low < OTHER ? low : OTHER;
  if (high === 0xffff_ffff) return OTHER + 1;
  return high < 0x1_0000 ? OTHER + 2 : OTHER + 3;
}
