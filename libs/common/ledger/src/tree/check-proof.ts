import { LedgerError } from '../ledger-error.js';
import { type TreeHash, nodeHash } from './node-hash.js';
import { splitOf } from './tree-reader.js';

/** The root that a leaf at `index` of a tree of `size` has by this proof. Throws `ledger.malformed-proof` where it has another length. */
export function rootOfInclusion(leaf: TreeHash, index: number, size: number, proof: readonly TreeHash[]): TreeHash {
  const sides = inclusionSides(index, size);
  if (sides.length !== proof.length) throw new LedgerError('ledger.malformed-proof');
  return proof.reduce(
    (root, sibling, at) => (sides[at] === 'left' ? nodeHash(sibling, root) : nodeHash(root, sibling)),
    leaf,
  );
}

/** On which side each sibling of a proof stands, lowest first. */
function inclusionSides(index: number, size: number): ('left' | 'right')[] {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new LedgerError('ledger.malformed-proof');
  const sides: ('left' | 'right')[] = [];
  let [at, count] = [index, size];
  while (count > 1) {
    const split = splitOf(count);
    const isLeft = at < split;
    sides.push(isLeft ? 'right' : 'left');
    [at, count] = isLeft ? [at, split] : [at - split, count - split];
  }
  return sides.reverse();
}

export interface TreeHead {
  readonly size: number;
  readonly root: TreeHash;
}

/** Whether the older tree is the beginning of the newer one by this proof. Both sizes may be anything: nothing throws. */
export function isConsistent(older: TreeHead, newer: TreeHead, proof: readonly TreeHash[]): boolean {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0;
  const roots = rootsOfConsistency(older, newer.size, proof);
  return roots !== null && roots.older.equals(older.root) && roots.newer.equals(newer.root);
}

function rootsOfConsistency(
  older: TreeHead,
  newerSize: number,
  proof: readonly TreeHash[],
): { readonly older: TreeHash; readonly newer: TreeHash } | null {
  const turns: ('right' | 'left')[] = [];
  let [begin, end] = [0, newerSize];
  while (end !== older.size) {
    const middle = begin + splitOf(end - begin);
    if (older.size <= middle) {
      turns.push('right');
      end = middle;
    } else {
      turns.push('left');
      begin = middle;
    }
  }
  const isWhole = begin === 0;
  if (proof.length !== turns.length + (isWhole ? 0 : 1)) return null;
  const seed = isWhole ? older.root : proof[0];
  if (seed === undefined) return null;
  let [first, second] = [seed, seed];
  proof.slice(isWhole ? 0 : 1).forEach((sibling, at) => {
    if (turns[turns.length - 1 - at] === 'right') second = nodeHash(second, sibling);
    else [first, second] = [nodeHash(sibling, first), nodeHash(sibling, second)];
  });
  return { older: first, newer: second };
}
