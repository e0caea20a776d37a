import { generatePrimeSync } from 'node:crypto';
import { numberForms } from '../copies/number-forms.js';
import { bytesOf } from '../keys/big.js';
import { USUAL_EXPONENT } from '../keys/rsa-key.js';
import type { RsaSecret } from '../keys/secret.js';
import { type ControlLayout, isUsual } from './control-layout.js';

const PRIME_BITS = 512;
const LAYOUTS = ['little', 'big', 'java', 'python'] as const;

export interface RsaControls {
  readonly secrets: readonly { readonly secret: RsaSecret; readonly layout: (typeof LAYOUTS)[number] }[];
  /** Prime, and prime times two others: no key. */
  readonly composite: readonly [bigint, bigint];
}

/** Making primes takes a moment: once a process. They are nobody's keys, and leave it with it. */
let made: RsaControls | null = null;

export function rsaControls(): RsaControls {
  if (made !== null) return made;
  const secrets = LAYOUTS.map((layout) => ({ layout, secret: usualKey() }));
  const first = usualPrime(PRIME_BITS);
  const partner = usualPrime(PRIME_BITS / 2) * usualPrime(PRIME_BITS / 2);
  return (made = { secrets, composite: [first, first * partner] });
}

function usualKey(): RsaSecret {
  for (;;) {
    const [p, q] = [usualPrime(PRIME_BITS), usualPrime(PRIME_BITS)];
    if (isUsual(bytesOf(p * q))) return { type: 'rsa', p, q, e: USUAL_EXPONENT };
  }
}

/** A prime whose two top bits are set, as in keys. */
function usualPrime(bits: number): bigint {
  for (;;) {
    const prime = generatePrimeSync(bits, { bigint: true });
    if (prime >> BigInt(bits - 2) === 3n && isUsual(bytesOf(prime))) return prime;
  }
}

/** The modulus and one prime of each, in the layout's own form; and the pair that is no key. */
export function plantRsa(layout: ControlLayout, { secrets, composite }: RsaControls): void {
  for (const { secret, layout: form } of secrets) {
    const modulus = secret.p * (secret.q ?? 1n);
    for (const value of [secret.p, modulus]) layout.heap(inForm(value, form));
  }
  for (const value of composite) layout.heap(inForm(value, 'little'));
}

function inForm(value: bigint, form: (typeof LAYOUTS)[number]): Uint8Array {
  const big = bytesOf(value);
  const [little, java, python] = numberForms(value, 0).map(({ bytes }) => bytes);
  switch (form) {
    case 'little':
      return little ?? big;
    case 'big':
      return big;
    case 'java':
      return counted(java ?? big, 4, [0, big.length / 4]);
    case 'python':
      return counted(python ?? big, 4, [(python ?? big).length / 4, 0]);
  }
}

function counted(content: Uint8Array, width: number, counts: readonly number[]): Uint8Array {
  const head = Buffer.alloc(width * counts.length);
  counts.forEach((count, i) => head.writeUInt32LE(count, width * i));
  return Buffer.concat([head, content]);
}
