import type { Place, Span, Window } from '../frame/window.js';
import { bigOf, bigOfLimbs } from '../keys/big.js';
import { SCALAR_BYTES } from '../keys/curve-key.js';
import type { EcCurve, OkpCurve } from '../keys/secret.js';
import { looksRandom } from '../rsa/distinct-bytes.js';
import type { LimbRun } from '../rsa/limb-runs.js';
import { isCurvePoint } from './curve-equation.js';
import { type ScalarClass, ScalarClasses } from './scalar-class.js';
import { looksUniform } from './uniform-bytes.js';

/** Bytes that may be a scalar or a seed: 32, 48 or 66 of them, as they lie. */
export interface SeenScalar {
  readonly bytes: Uint8Array;
  /** Of what lies across an edge of the file the first part. */
  readonly place: Place;
  readonly length: number;
  readonly class: ScalarClass;
  /** Nothing about it says that it is something else than random bits. */
  readonly isUniform: boolean;
}

export type Curve = EcCurve | OkpCurve;

/** Runs up to this many limbs are cut into slots as allocators by size classes lay them. */
const MOST_SLOT_LIMBS = 64;
/** Of a run this short each multiple of a scalar from either end is looked at: structures of several keys. */
const MOST_STRUCTURE_LIMBS = 16;
/** Of one class so many are kept, and of all together. */
const MOST_OF_CLASS = 2_048;
const MOST_SCALARS = 60_000;
const MOST_POINTS = 4_000;
/** A few microseconds each. */
const MOST_POINT_TESTS = 20_000;
/** What an anchor announced comes first: no class of runs is as rare. */
const ANNOUNCED: ScalarClass = { count: 0 };

/** What may be a scalar or a seed, by length in bytes: 32, 48, 66. Each value once. */
export class ScalarPool {
  readonly byLength = new Map<number, Map<string, SeenScalar>>([
    [32, new Map()],
    [48, new Map()],
    [66, new Map()],
  ]);
  /** Candidates by length that were counted and not kept. */
  readonly leftOut = new Map<number, number>();
  /** Public halves of Ed25519 keys that anchors met. */
  readonly points: Uint8Array[] = [];
  /** Curves of which the dump holds a public point that says what it is. */
  readonly curves = new Set<Curve>();
  readonly #classes = new ScalarClasses();
  #kept = 0;
  #pointTests = 0;

  addRun(window: Window, run: LimbRun): void {
    const { start, limbs } = run;
    if (limbs > MOST_SLOT_LIMBS) return;
    if (limbs === 8 || limbs === 12) this.#addPoint(window, run);
    this.#addPlaces(window, run, 4);
    if (limbs === 6 || limbs === 7) this.#addPlaces(window, run, 6);
    if (limbs === 8 && hasP521Top(window, start + 8 * limbs)) this.#add(window, run, 0, 66, 0);
  }

  addPoint(curve: OkpCurve, point: Uint8Array): void {
    this.curves.add(curve);
    if (curve === 'Ed25519' && this.points.length < MOST_POINTS) this.points.push(Uint8Array.from(point));
  }

  /** A scalar that something announced. */
  addAnnounced(window: Window, at: number, length: number): void {
    if (at + length <= window.to && looksRandom(window.bytes, at, length)) this.#keep(window, at, length, ANNOUNCED);
  }

  /** Whatever of so many limbs begins or ends a run, or stands a multiple of its own size from either end or from a multiple of it. */
  #addPlaces(window: Window, run: LimbRun, size: number): void {
    const { start, limbs } = run;
    const last = limbs - size;
    this.#add(window, run, 0, 8 * size, 0);
    if (last === 0) return;
    this.#add(window, run, last, 8 * size, last);
    if (limbs > MOST_STRUCTURE_LIMBS) {
      const first = (size - ((start >> 3) % size)) % size;
      for (let limb = first; limb < last; limb += size) if (limb > 0) this.#add(window, run, limb, 8 * size, -1);
      return;
    }
    for (let limb = size; limb < last; limb += size) {
      this.#add(window, run, limb, 8 * size, limb);
      if (last - limb !== limb && last % size !== 0) this.#add(window, run, last - limb, 8 * size, last - limb);
    }
  }

  #add(window: Window, run: LimbRun, limb: number, length: number, place: number): void {
    const at = run.start + 8 * limb;
    if (at + length > window.to || !looksRandom(window.bytes, at, length)) return;
    const of = this.#classes.of(window, run.start, run.limbs, place);
    of.count += 1;
    if (of.count <= MOST_OF_CLASS && this.#kept < MOST_SCALARS) this.#keep(window, at, length, of);
    else this.leftOut.set(length, (this.leftOut.get(length) ?? 0) + 1);
  }

  /** A scalar in another form than bytes: most significant first. */
  addValue(content: Uint8Array, window: Window, span: Span): void {
    this.#put(Buffer.from(content), window, span, ANNOUNCED);
  }

  #keep(window: Window, at: number, length: number, of: ScalarClass): void {
    const content = Buffer.from(window.bytes.subarray(at, at + length));
    // Java's BigInteger: a count of ints, then the ints, most significant first.
    if (window.words[(at >> 2) - 1] === length / 4) content.swap32();
    this.#put(content, window, { from: at, to: at + length }, of);
  }

  #put(content: Buffer, window: Window, span: Span, of: ScalarClass): void {
    const key = content.toString('latin1');
    const known = this.byLength.get(content.length);
    if (known === undefined || known.has(key)) return;
    this.#kept += 1;
    const [first] = window.parts(span);
    if (first === undefined) return;
    known.set(key, { bytes: content, ...first, class: of, isUniform: looksUniform(content) });
  }

  /** X then Y side by side and nothing else: a curve's equation holds by chance once in 2^256. */
  #addPoint({ bytes }: Window, { start, limbs }: LimbRun): void {
    const length = 4 * limbs;
    const candidates = POINT_CURVES.filter((curve) => SCALAR_BYTES[curve] === length && !this.curves.has(curve));
    if (candidates.length === 0 || this.#pointTests >= MOST_POINT_TESTS || !looksRandom(bytes, start, length)) return;
    this.#pointTests += 1;
    const halves = [0, length].map((inside) => bytes.subarray(start + inside, start + inside + length));
    for (const read of [bigOf, bigOfLimbs]) {
      const [x = 0n, y = 0n] = halves.map((half) => read(half));
      for (const curve of candidates) if (isCurvePoint(curve, x, y)) this.curves.add(curve);
    }
  }
}

const POINT_CURVES = ['P-256', 'secp256k1', 'P-384'] as const;

/** The ninth limb of a P-521 scalar holds nine bits; of 72 bytes, 66 are looked at. */
function hasP521Top({ words }: Window, last: number): boolean {
  const low = words[last >> 2] ?? 0;
  return low > 0 && low < 512 && words[(last >> 2) + 1] === 0;
}
