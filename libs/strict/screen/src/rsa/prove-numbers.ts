import { isPrime } from '../keys/big.js';
import { rsaFromFactor } from '../keys/rsa-key.js';
import type { Job } from '../job/job.js';
import { factorModuli } from './batch-gcd.js';
import type { SeenNumber } from './number-pool.js';

/**
 * Numbers that divide no modulus of the dump may be primes whose exponents prove them. Testing costs with the cube of the
 * size: counted in tests of 1024 bits, of a fifth of a millisecond where small primes leave any to do.
 */
const MOST_LONE_WORK = 8_000;
/** Larger primes are those of Diffie and Hellman, which every TLS library carries along. */
const MOST_LONE_BYTES = 256;

/** Proves primes against the moduli of the same dump. What is left over and prime is returned. */
export function proveNumbers(job: Job): SeenNumber[] {
  const lone: SeenNumber[] = [];
  let work = 0;
  for (const [size, primes] of job.numbers.primes) {
    const moduli = job.numbers.moduli.get(size) ?? new Map<bigint, SeenNumber>();
    const proven = new Set<bigint>();
    for (const { modulus, factor } of factorModuli([...primes.keys()], [...moduli.keys()], 8 * size)) {
      const secret = rsaFromFactor(modulus, factor);
      if (secret === null) continue;
      for (const value of [secret.p, secret.q ?? secret.p]) {
        const seen = primes.get(value);
        proven.add(value);
        if (seen === undefined) continue;
        job.book.record(secret, { place: seen.place, length: seen.length, detector: 'rsa-numbers', level: 4 });
      }
    }
    for (const seen of primes.values()) {
      if (proven.has(seen.value) || size > MOST_LONE_BYTES) continue;
      work += (size / 128) ** 3;
      if (work > MOST_LONE_WORK) job.coverage.skip('rsa-numbers', 'work-budget');
      else if (isPrime(seen.value)) lone.push(seen);
    }
  }
  return lone;
}
