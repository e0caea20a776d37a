import { gcd, productOf } from '../keys/big.js';

const PRIME_BLOCK = 4096;
const MODULUS_BLOCK = 512;

export interface Factored {
  readonly modulus: bigint;
  readonly factor: bigint;
}

/**
 * Which candidates divide which moduli, by product and remainder trees (D. J. Bernstein): the product of all candidates
 * modulo every modulus, instead of each pair. `bits` is the size of a factor.
 *
 * Where both factors are among the candidates the remainder is zero and the greatest common divisor is the modulus itself.
 */
export function factorModuli(candidates: readonly bigint[], moduli: readonly bigint[], bits: number): Factored[] {
  const found: Factored[] = [];
  const least = 1n << BigInt(bits - 2);
  for (let i = 0; i < candidates.length; i += PRIME_BLOCK) {
    const block = candidates.slice(i, i + PRIME_BLOCK);
    const product = productOf(block);
    for (let j = 0; j < moduli.length; j += MODULUS_BLOCK) {
      descend(moduli.slice(j, j + MODULUS_BLOCK), product, (modulus, remainder) => {
        if (gcd(modulus, remainder) < least) return;
        const factor = block.find((candidate) => candidate !== modulus && modulus % candidate === 0n);
        if (factor !== undefined) found.push({ modulus, factor });
      });
    }
  }
  return found;
}

function descend(moduli: readonly bigint[], value: bigint, leaf: (modulus: bigint, remainder: bigint) => void): void {
  const remainder = value % productOf(moduli);
  const [only] = moduli;
  if (only === undefined) return;
  if (moduli.length === 1) {
    leaf(only, remainder);
    return;
  }
  const half = moduli.length >> 1;
  descend(moduli.slice(0, half), remainder, leaf);
  descend(moduli.slice(half), remainder, leaf);
}
