import type { Place, Window } from '../frame/window.js';
import { Budget, type Coverage } from '../job/coverage.js';
import { hasSmallFactor } from '../keys/big.js';

/** How a number lies in memory. */
export type NumberForm = 'little' | 'big' | 'java' | 'python' | 'der';

export interface SeenNumber {
  readonly value: bigint;
  readonly place: Place;
  readonly length: number;
  readonly form: NumberForm;
}

/** A number where it lies in a window: `length` bytes from `at` on. */
interface NumberInWindow {
  readonly value: bigint;
  readonly window: Window;
  readonly at: number;
  readonly length: number;
  readonly form: NumberForm;
}

/** Bytes of a prime for RSA-1024 to RSA-8192. A modulus is twice as long. */
export const PRIME_BYTES = [64, 96, 128, 192, 256, 384, 512] as const;
const MODULUS_BYTES = new Set(PRIME_BYTES.map((bytes) => 2 * bytes));
const IS_PRIME_BYTES: ReadonlySet<number> = new Set(PRIME_BYTES);

const MOST_NUMBERS = 60_000;
/** Of one size: trees over more would take longer than the rest of the job. */
const MOST_BYTES = 512 * 1024;

/** Numbers of the dump by size, each once. A number of 128 bytes may be a prime of RSA-2048 or the modulus of RSA-1024. */
export class NumberPool {
  readonly primes = new Map<number, Map<bigint, SeenNumber>>();
  /** By bytes of their primes. */
  readonly moduli = new Map<number, Map<bigint, SeenNumber>>();
  readonly #budget: Budget;
  readonly #coverage: Coverage;

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
    this.#budget = new Budget(coverage, 'rsa-numbers', 'candidate-budget', MOST_NUMBERS);
  }

  /** `size` is the length in bytes of the value itself. Even numbers and those without their top bit can be neither. */
  add(seen: NumberInWindow, size: number): void {
    if ((seen.value & 1n) === 0n) return;
    const hasTopBit = seen.value >> BigInt(8 * size - 1) === 1n;
    // Neither a prime nor a product of two large ones: four of five go here.
    if (!hasTopBit || hasSmallFactor(seen.value)) return;
    if (IS_PRIME_BYTES.has(size)) this.#put(this.primes, size, seen);
    if (MODULUS_BYTES.has(size)) this.#put(this.moduli, size / 2, seen);
  }

  #put(pool: Map<number, Map<bigint, SeenNumber>>, size: number, seen: NumberInWindow): void {
    let numbers = pool.get(size);
    if (numbers === undefined) pool.set(size, (numbers = new Map<bigint, SeenNumber>()));
    if (numbers.has(seen.value)) return;
    if (numbers.size * size >= MOST_BYTES) this.#coverage.skip('rsa-numbers', 'candidate-budget');
    else if (this.#budget.spend()) numbers.set(seen.value, placed(seen));
  }
}

/** Of a number across an edge of the file the first part; the copies' search finds the rest. */
function placed({ value, window, at, length, form }: NumberInWindow): SeenNumber {
  const [first] = window.parts({ from: at, to: at + length });
  return { value, place: window.place(at), length: first?.length ?? length, form };
}
