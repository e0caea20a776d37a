import type { Window } from '../frame/window.js';
import { bigOf, bigOfLimbs } from '../keys/big.js';
import { looksRandom } from './distinct-bytes.js';
import type { LimbRun } from './limb-runs.js';
import type { NumberForm, NumberPool } from './number-pool.js';

/** Limbs of a prime or a modulus. */
const SIZES = [8, 12, 16, 24, 32, 48, 64, 96, 128] as const;
/** Numbers lie side by side where an allocator has no headers: Go, jemalloc, mimalloc. Each slot of a longer run is then one. */
const MOST_SLOT_LIMBS = 1024;
/** Below RSA-2048 a slot is a digest far more often than a prime. */
const FEWEST_SLOT_LIMBS = 16;

/**
 * A run of exactly a key's length is a candidate in both byte orders. Of a longer one: what begins it, what ends it, and
 * what lies at a multiple of its own size, as in the slots of an allocator by size classes.
 */
export function addRunNumbers(window: Window, { start, limbs }: LimbRun, pool: NumberPool): void {
  // A count of ints before it: Java's, which are read as such.
  if (window.words[(start >> 2) - 1] === 2 * limbs) return;
  for (const size of SIZES) {
    if (size > limbs) return;
    const length = 8 * size;
    if (size === limbs) {
      addLimbs(window, start, length, pool);
      return;
    }
    const last = start + 8 * limbs - length;
    addLimbs(window, start, length, pool);
    addLimbs(window, last, length, pool);
    if (limbs > MOST_SLOT_LIMBS || size < FEWEST_SLOT_LIMBS) continue;
    for (let at = Math.ceil((start + 1) / length) * length; at < last; at += length) addLimbs(window, at, length, pool);
  }
}

function addLimbs(window: Window, at: number, length: number, pool: NumberPool): void {
  const { bytes } = window;
  const first = bytes[at] ?? 0;
  const last = bytes[at + length - 1] ?? 0;
  const isLittle = (first & 1) === 1 && last >= 0x80;
  const isBig = (last & 1) === 1 && first >= 0x80;
  if ((!isLittle && !isBig) || !looksRandom(bytes, at, length)) return;
  const content = bytes.subarray(at, at + length);
  if (isLittle) pool.add({ value: bigOfLimbs(content), window, at, length, form: 'little' }, length);
  if (isBig) pool.add({ value: bigOf(content), window, at, length, form: 'big' }, length);
}

/** A DER INTEGER or an mpint of ssh with its sign byte: `at` is where the value's own bytes begin. */
export function addBigEndian(window: Window, at: number, length: number, pool: NumberPool, form: NumberForm): void {
  const { bytes, to } = window;
  if (at + length > to || (bytes[at] ?? 0) < 0x80 || ((bytes[at + length - 1] ?? 0) & 1) === 0) return;
  if (!looksRandom(bytes, at, length)) return;
  pool.add({ value: bigOf(bytes.subarray(at, at + length)), window, at, length, form }, length);
}
