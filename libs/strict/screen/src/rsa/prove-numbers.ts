import { rsaFromFactor } from '../keys/rsa-key.js';
import type { Job } from '../job/job.js';
import { factorModuli } from './batch-gcd.js';
import type { SeenNumber } from './number-pool.js';

/** Proves primes against the moduli of the same dump. What divides none is returned: its own exponent may prove it. */
export function proveNumbers(job: Job): SeenNumber[] {
  const lone: SeenNumber[] = [];
  for (const [size, primes] of job.numbers.primes) {
    const moduli = job.numbers.moduli.get(size) ?? new Map<bigint, SeenNumber>();
    const proven = new Set<bigint>();
    for (const { modulus, factor } of factorModuli([...primes.keys()], [...moduli.keys()])) {
      const secret = proven.has(factor) ? null : rsaFromFactor(modulus, factor);
      if (secret === null) continue;
      for (const value of [secret.p, secret.q ?? secret.p]) {
        const seen = primes.get(value);
        proven.add(value);
        if (seen === undefined) continue;
        job.book.record(secret, { place: seen.place, length: seen.length, detector: 'rsa-numbers', level: 4 });
      }
    }
    for (const seen of primes.values()) if (!proven.has(seen.value)) lone.push(seen);
  }
  return lone;
}
