import type { Window } from '../frame/window.js';
import type { ScalarPool } from '../ec/scalar-pool.js';
import { bigOf, bytesOf } from '../keys/big.js';
import { countDistinct, looksRandom } from './distinct-bytes.js';
import type { NumberPool } from './number-pool.js';

const MOST_COUNT = 274;

/** Java's BigInteger: a count of ints, then the ints, most significant first. Count to bytes. */
const JAVA_BYTES = byCount([16, 24, 32, 48, 64, 96, 128, 192, 256], (count) => 4 * count);
/** CPython's int: a count of 30-bit digits, least significant first. */
const PYTHON_BYTES = byCount([18, 26, 35, 52, 69, 103, 137, 205, 274], (count) => Math.floor((count * 30) / 64) * 8);

/** CPython's digits of a scalar: their count, and the bytes of the scalar. */
const SCALAR_BYTES: ReadonlyMap<number, number> = new Map([
  [9, 32],
  [13, 48],
  [18, 66],
]);

/** The counts that stand before a number. CPython kept the count itself until 3.11; from 3.12 on eight times it, and a sign. */
export const NUMBER_COUNTS: readonly number[] = [
  ...countsOf(JAVA_BYTES),
  ...[...countsOf(PYTHON_BYTES), ...SCALAR_BYTES.keys()].flatMap((count) => [count, count << 3]),
];

/** A number that says before it, in the word at `at`, how long it is. */
export function addCountedNumber(window: Window, at: number, pool: NumberPool, scalars: ScalarPool): void {
  const { words } = window;
  const i = at >> 2;
  const word = words[i] ?? 0;
  if (word > MOST_COUNT << 3) return;
  const javaBytes = JAVA_BYTES[word] ?? 0;
  if (javaBytes > 0) addJava(window, at + 4, javaBytes, pool);
  if ((i & 1) === 1 || words[i + 1] !== 0) return;
  const pythonBytes = PYTHON_BYTES[word] ?? 0;
  if (pythonBytes > 0) addPython(window, i + 2, word, pythonBytes, pool);
  const tagged = (word & 7) === 0 ? (PYTHON_BYTES[word >> 3] ?? 0) : 0;
  if (tagged > 0) addPython(window, i + 2, word >> 3, tagged, pool);
  addPythonScalar(window, i + 2, word, scalars);
  if ((word & 7) === 0) addPythonScalar(window, i + 2, word >> 3, scalars);
}

function addJava(window: Window, at: number, length: number, pool: NumberPool): void {
  const { bytes, to } = window;
  // Ints are little-endian each: the top bit is in the fourth byte, the lowest in the last int's first.
  if (at + length > to || (bytes[at + 3] ?? 0) < 0x80 || ((bytes[at + length - 4] ?? 0) & 1) === 0) return;
  if (!looksRandom(bytes, at, length)) return;
  const swapped = Buffer.from(bytes.subarray(at, at + length)).swap32();
  pool.add({ value: bigOf(swapped), window, at, length, form: 'java' }, length);
}

function addPython(window: Window, first: number, count: number, size: number, pool: NumberPool): void {
  const { words, bytes, to } = window;
  const length = 4 * count;
  if (4 * first + length > to || ((words[first] ?? 0) & 1) === 0) return;
  for (let i = first; i < first + count; i++) if ((words[i] ?? 0) >>> 30 !== 0) return;
  if (words[first + count - 1] === 0 || countDistinct(bytes, 4 * first, length) < size / 3) return;
  pool.add({ value: digitsValue(words, first, count), window, at: 4 * first, length, form: 'python' }, size);
}

function addPythonScalar(window: Window, first: number, count: number, scalars: ScalarPool): void {
  const size = SCALAR_BYTES.get(count);
  const { words, bytes, to } = window;
  if (size === undefined || 4 * (first + count) > to) return;
  for (let i = first; i < first + count; i++) if ((words[i] ?? 0) >>> 30 !== 0) return;
  if (words[first + count - 1] === 0 || countDistinct(bytes, 4 * first, 4 * count) < (2 * size) / 3) return;
  const value = digitsValue(words, first, count);
  if (value >> BigInt(8 * size) === 0n)
    scalars.addValue(bytesOf(value, size), window, { from: 4 * first, to: 4 * (first + count) });
}

function digitsValue(words: Int32Array, first: number, count: number): bigint {
  let bits = '';
  for (let i = first + count - 1; i >= first; i--) bits += (words[i] ?? 0).toString(2).padStart(30, '0');
  return BigInt(`0b${bits}`);
}

function byCount(counts: readonly number[], bytes: (count: number) => number): Uint16Array {
  const table = new Uint16Array((MOST_COUNT << 3) + 1);
  for (const count of counts) table[count] = bytes(count);
  return table;
}

function countsOf(table: Uint16Array): number[] {
  return [...table.keys()].filter((count) => (table[count] ?? 0) > 0);
}
