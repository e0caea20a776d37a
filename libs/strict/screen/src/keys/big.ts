/** Unsigned, most significant byte first. */
export function bigOf(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);
}

/** Unsigned, least significant byte first: how limbs lie in memory. */
export function bigOfLimbs(bytes: Uint8Array): bigint {
  return bigOf(Uint8Array.from(bytes).reverse());
}

/** At least `length` bytes, most significant first. */
export function bytesOf(value: bigint, length = 0): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(Math.max(hex.length + (hex.length & 1), 2 * length), '0'), 'hex');
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let power = base % modulus;
  const bits = exponent.toString(2);
  for (let i = bits.length - 1; i >= 0; i--) {
    if (bits.charAt(i) === '1') result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
}

/** The inverse of `value`, or null where there is none. */
export function modInverse(value: bigint, modulus: bigint): bigint | null {
  let [r0, r1] = [modulus, ((value % modulus) + modulus) % modulus];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  if (r0 !== 1n) return null;
  return t0 < 0n ? t0 + modulus : t0;
}

/** Odd primes below 500 in groups whose product is exact in a double: they turn four of five composites away. */
const SIEVE = groupsOf(smallPrimes(500));

export function hasSmallFactor(value: bigint): boolean {
  return SIEVE.some(({ product, primes }) => {
    const remainder = Number(value % product);
    return primes.some((prime) => remainder % prime === 0);
  });
}

function groupsOf(primes: readonly number[]): { product: bigint; primes: number[] }[] {
  const groups: { product: bigint; primes: number[] }[] = [];
  for (const prime of primes) {
    const last = groups.at(-1);
    if (last === undefined || last.product * BigInt(prime) > BigInt(Number.MAX_SAFE_INTEGER)) {
      groups.push({ product: BigInt(prime), primes: [prime] });
    } else {
      last.product *= BigInt(prime);
      last.primes.push(prime);
    }
  }
  return groups;
}

/**
 * Miller and Rabin to the bases 2 and 3. Candidates come from memory, not from one who would gain by a false prime, and a random
 * composite of 512 bits passes once in 2^56 even to one base. OpenSSL's own test insists on 64 rounds: thirty times as dear.
 */
export function isPrime(value: bigint): boolean {
  if ((value & 1n) === 0n || value < 4_000_000n || hasSmallFactor(value)) return false;
  let odd = value - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos++;
  return [2n, 3n].every((base) => passesBase(base, value, odd, twos));
}

function passesBase(base: bigint, value: bigint, odd: bigint, twos: number): boolean {
  let power = modPow(base, odd, value);
  if (power === 1n || power === value - 1n) return true;
  for (let i = 1; i < twos; i++) {
    power = (power * power) % value;
    if (power === value - 1n) return true;
  }
  return false;
}

function smallPrimes(below: number): number[] {
  const primes: number[] = [];
  for (let n = 3; n < below; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

export function productOf(values: readonly bigint[]): bigint {
  if (values.length === 0) return 1n;
  let row = [...values];
  while (row.length > 1) {
    const next: bigint[] = [];
    for (let i = 0; i < row.length; i += 2) next.push((row[i] ?? 1n) * (row[i + 1] ?? 1n));
    row = next;
  }
  return row[0] ?? 1n;
}
