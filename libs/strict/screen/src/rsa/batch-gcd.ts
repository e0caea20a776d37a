import { productOf } from '../keys/big.js';

const BLOCK = 4096;

export interface Factored {
  readonly modulus: bigint;
  readonly factor: bigint;
}

/**
 * Which candidates divide which moduli, by product and remainder trees (D. J. Bernstein): the product of all moduli modulo
 * every candidate, instead of each pair. A remainder of zero is a hit, so that no greatest common divisor is taken at all,
 * and it does not matter whether one factor of a modulus is among the candidates or both are.
 */
export function factorModuli(candidates: readonly bigint[], moduli: readonly bigint[]): Factored[] {
  const found: Factored[] = [];
  const product = productOf(moduli);
  if (product === 1n) return found;
  for (let i = 0; i < candidates.length; i += BLOCK) {
    descend(treeOf(candidates.slice(i, i + BLOCK)), product, (factor) => {
      for (const modulus of moduli) if (modulus !== factor && modulus % factor === 0n) found.push({ modulus, factor });
    });
  }
  return found;
}

/** Products of halves, down to the candidates themselves. */
type ProductTree = { readonly product: bigint; readonly halves: readonly [ProductTree, ProductTree] | null };

function treeOf(values: readonly bigint[]): ProductTree {
  const [only] = values;
  if (values.length <= 1) return { product: only ?? 1n, halves: null };
  const half = values.length >> 1;
  const [left, right] = [treeOf(values.slice(0, half)), treeOf(values.slice(half))];
  return { product: left.product * right.product, halves: [left, right] };
}

function descend({ product, halves }: ProductTree, value: bigint, hit: (candidate: bigint) => void): void {
  const remainder = value % product;
  if (halves === null) {
    if (remainder === 0n && product > 1n) hit(product);
    return;
  }
  for (const half of halves) descend(half, remainder, hit);
}
