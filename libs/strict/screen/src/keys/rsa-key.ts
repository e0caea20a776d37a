import { bitLength, gcd, isPrime, modInverse, modPow } from './big.js';
import type { RsaSecret } from './secret.js';

/** The only exponent that a search without one assumes; others are tried where they stand beside the key. */
export const USUAL_EXPONENT = 65537n;
const MIN_MODULUS_BITS = 511;
const MAX_MODULUS_BITS = 16_384;

/** Both primes proved: sizes alike, both prime, and the exponent fits. Order does not matter. */
export function rsaFromPrimes(p: bigint, q: bigint, e = USUAL_EXPONENT): RsaSecret | null {
  if (p === q || !isModulusSize(p * q) || !isPrime(p) || !isPrime(q)) return null;
  const [larger, smaller] = p > q ? [p, q] : [q, p];
  return { type: 'rsa', p: larger, q: smaller, e };
}

/** A modulus and one of its primes. */
export function rsaFromFactor(n: bigint, p: bigint, e = USUAL_EXPONENT): RsaSecret | null {
  if (p <= 1n || p >= n || n % p !== 0n) return null;
  return rsaFromPrimes(p, n / p, e);
}

/** A modulus and its private exponent: factored by a square root of one. */
export function rsaFromExponent(n: bigint, e: bigint, d: bigint): RsaSecret | null {
  if (!isModulusSize(n) || (n & 1n) === 0n || e < 3n || d < 3n || bitLength(e) > 64 || d >= n) return null;
  if (modPow(modPow(2n, e, n), d, n) !== 2n) return null;
  const order = e * d - 1n;
  let odd = order;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos++;
  for (const base of [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n]) {
    let root = modPow(base, odd, n);
    for (let i = 0; i < twos; i++) {
      const square = (root * root) % n;
      if (square === 1n && root !== 1n && root !== n - 1n) return rsaFromFactor(n, gcd(root - 1n, n), e);
      root = square;
    }
  }
  return null;
}

/** A prime proved by its own exponent: `dp * e = 1 mod (p - 1)` holds by chance once in 2^500. */
export function rsaFromPrimeExponent(p: bigint, dp: bigint, e = USUAL_EXPONENT): RsaSecret | null {
  if (p <= 3n || dp >= p || (dp * e) % (p - 1n) !== 1n || !isPrime(p)) return null;
  return { type: 'rsa', p, q: null, e };
}

/**
 * The private exponent of a prime for 65537, without Euclid: `e * dp = 1 + k (p - 1)` with a k below e. A microsecond, so that
 * every candidate's can be looked for, prime or not.
 */
export function usualPrimeExponent(p: bigint): bigint | null {
  const e = Number(USUAL_EXPONENT);
  const remainder = Number((p - 1n) % USUAL_EXPONENT);
  if (remainder === 0) return null;
  const k = BigInt(e - inverseModulo(remainder, e));
  return (1n + k * (p - 1n)) / USUAL_EXPONENT;
}

function inverseModulo(value: number, modulus: number): number {
  let [r0, r1, t0, t1] = [modulus, value, 0, 1];
  while (r1 !== 0) {
    const quotient = Math.floor(r0 / r1);
    [r0, r1, t0, t1] = [r1, r0 - quotient * r1, t1, t0 - quotient * t1];
  }
  return t0 < 0 ? t0 + modulus : t0;
}

/** A modulus and `dp`: for every base a, `a^(e*dp) - a` is a multiple of p. */
export function rsaFromCrtExponent(n: bigint, e: bigint, dp: bigint): RsaSecret | null {
  if (!isModulusSize(n) || e < 3n || bitLength(e) > 64 || dp < 3n || dp >= n) return null;
  const factor = gcd((((modPow(2n, e * dp, n) - 2n) % n) + n) % n, n);
  return factor > 1n && factor < n ? rsaFromFactor(n, factor, e) : null;
}

export interface RsaComponents {
  readonly p: bigint;
  readonly q: bigint | null;
  readonly d: readonly bigint[];
  readonly dp: bigint | null;
  readonly dq: bigint | null;
  readonly inverses: readonly bigint[];
}

/** All private numbers of a key. `d` is kept in both customs: modulo (p-1)(q-1), and modulo their least common multiple. */
export function rsaComponents({ p, q, e }: RsaSecret): RsaComponents {
  const dp = modInverse(e, p - 1n);
  if (q === null) return { p, q, d: [], dp, dq: null, inverses: [] };
  const phi = (p - 1n) * (q - 1n);
  const d = [modInverse(e, phi), modInverse(e, phi / gcd(p - 1n, q - 1n))];
  const inverses = [modInverse(q, p), modInverse(p, q)];
  const present = (value: bigint | null): value is bigint => value !== null;
  return {
    p,
    q,
    d: [...new Set(d.filter(present))],
    dp,
    dq: modInverse(e, q - 1n),
    inverses: inverses.filter(present),
  };
}

function isModulusSize(n: bigint): boolean {
  const bits = bitLength(n);
  return bits >= MIN_MODULUS_BITS && bits <= MAX_MODULUS_BITS;
}
