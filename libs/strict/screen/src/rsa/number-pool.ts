import type { Place } from '../frame/window.js';
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

/** Bytes of a prime for RSA-1024 to RSA-8192. A modulus is twice as long. */
export const PRIME_BYTES = [64, 96, 128, 192, 256, 384, 512] as const;
const MODULUS_BYTES = new Set(PRIME_BYTES.map((bytes) => 2 * bytes));
const IS_PRIME_BYTES: ReadonlySet<number> = new Set(PRIME_BYTES);

const MOST_NUMBERS = 60_000;

/** Numbers of the dump by size, each once. A number of 128 bytes may be a prime of RSA-2048 or the modulus of RSA-1024. */
export class NumberPool {
  readonly primes = new Map<number, Map<bigint, SeenNumber>>();
  /** By bytes of their primes. */
  readonly moduli = new Map<number, Map<bigint, SeenNumber>>();
  readonly #budget: Budget;

  constructor(coverage: Coverage) {
    this.#budget = new Budget(coverage, 'rsa-numbers', 'candidate-budget', MOST_NUMBERS);
  }

  /** `size` is the length in bytes of the value itself. Even numbers and those without their top bit can be neither. */
  add(seen: SeenNumber, size: number): void {
    if ((seen.value & 1n) === 0n) return;
    const hasTopBit = seen.value >> BigInt(8 * size - 1) === 1n;
    // Neither a prime nor a product of two large ones: four of five go here.
    if (!hasTopBit || hasSmallFactor(seen.value)) return;
    if (IS_PRIME_BYTES.has(size)) this.#put(this.primes, size, seen);
    if (MODULUS_BYTES.has(size)) this.#put(this.moduli, size / 2, seen);
  }

  #put(pool: Map<number, Map<bigint, SeenNumber>>, size: number, seen: SeenNumber): void {
    let numbers = pool.get(size);
    if (numbers === undefined) pool.set(size, (numbers = new Map<bigint, SeenNumber>()));
    if (!numbers.has(seen.value) && this.#budget.spend()) numbers.set(seen.value, seen);
  }
}
