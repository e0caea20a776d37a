import type { Place, Window } from '../frame/window.js';
import { Budget, type Coverage } from '../job/coverage.js';
import { bigOf, bigOfLimbs } from '../keys/big.js';
import { looksRandom } from '../rsa/distinct-bytes.js';
import type { LimbRun } from '../rsa/limb-runs.js';

export interface SeenScalar {
  /** Most significant byte first, or a seed as it is. */
  readonly bytes: Uint8Array;
  readonly place: Place;
  readonly length: number;
  /** Bytes lie as they are written; otherwise they were limbs. */
  readonly asWritten: boolean;
}

/** Runs up to this many limbs are cut into slots as allocators by size classes lay them. */
const MOST_SLOT_LIMBS = 64;
const MOST_SCALARS = 30_000;
const MOST_LARGE = 2_000;
const MOST_POINTS = 4_000;

/** What may be a scalar or a seed, by length in bytes: 32, 48, 66. Each value once. */
export class ScalarPool {
  readonly byLength = new Map<number, Map<string, SeenScalar>>([
    [32, new Map()],
    [48, new Map()],
    [66, new Map()],
  ]);
  /** Public halves of Ed25519 keys that anchors met. */
  readonly points: Uint8Array[] = [];
  /** Deriving on a curve costs: on this one it is done where the dump has a point of it. */
  usesSecp256k1 = false;
  readonly #budgets: ReadonlyMap<number, Budget>;

  constructor(coverage: Coverage) {
    const budget = (most: number) => new Budget(coverage, 'curve-scalar', 'candidate-budget', most);
    this.#budgets = new Map([
      [32, budget(MOST_SCALARS)],
      [48, budget(MOST_LARGE)],
      [66, budget(MOST_LARGE)],
    ]);
  }

  addRun(window: Window, { start, limbs }: LimbRun): void {
    if (limbs > MOST_SLOT_LIMBS) return;
    const last = start + 8 * limbs;
    if (limbs === 8 && !this.usesSecp256k1) this.usesSecp256k1 = isSecp256k1Point(window.bytes, start);
    if (limbs <= 5 || limbs === 8) {
      this.addBoth(window, start, 32);
      if (limbs > 4) this.addBoth(window, last - 32, 32);
    } else {
      for (let at = Math.ceil(start / 32) * 32; at + 32 <= last; at += 32) this.add(window, at, 32, true);
    }
    if (limbs === 6 || limbs === 7) {
      this.addBoth(window, start, 48);
      if (limbs === 7) this.addBoth(window, last - 48, 48);
    }
    if (limbs === 8 && hasP521Top(window, last)) this.add(window, start, 66, false);
  }

  addPoint(point: Uint8Array): void {
    if (this.points.length < MOST_POINTS) this.points.push(Uint8Array.from(point));
  }

  addBoth(window: Window, at: number, length: number): void {
    this.add(window, at, length, true);
    this.add(window, at, length, false);
  }

  add(window: Window, at: number, length: number, asWritten: boolean): void {
    const { bytes, to } = window;
    if (at + length > to || !looksRandom(bytes, at, length)) return;
    const content = Uint8Array.from(bytes.subarray(at, at + length));
    if (!asWritten) content.reverse();
    const key = Buffer.from(content.buffer).toString('latin1');
    const known = this.byLength.get(length);
    if (known === undefined || known.has(key) || this.#budgets.get(length)?.spend() !== true) return;
    known.set(key, { bytes: content, place: window.place(at), length, asWritten });
  }
}

/** The ninth limb of a P-521 scalar holds nine bits; of 72 bytes, 66 are looked at. */
function hasP521Top({ words }: Window, last: number): boolean {
  const low = words[last >> 2] ?? 0;
  return low > 0 && low < 512 && words[(last >> 2) + 1] === 0;
}

const SECP256K1_FIELD = 2n ** 256n - 2n ** 32n - 977n;

/** X then Y, each as four limbs or as written: y^2 = x^3 + 7 holds by chance once in 2^256. */
function isSecp256k1Point(bytes: Uint8Array, at: number): boolean {
  return [bigOf, bigOfLimbs].some((read) => {
    const [x, y] = [read(bytes.subarray(at, at + 32)), read(bytes.subarray(at + 32, at + 64))];
    return (x * x * x + 7n - y * y) % SECP256K1_FIELD === 0n;
  });
}
