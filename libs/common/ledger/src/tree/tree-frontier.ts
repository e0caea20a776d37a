import { EMPTY_ROOT, type TreeHash, nodeHash } from './node-hash.js';
import { TILE_WIDTH } from './tile-path.js';

/** A full tile, as it is completed; its hashes are those of its level from `index * 256` on. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly TreeHash[];
  /** The node that this tile is, one level up. */
  readonly root: TreeHash;
}

/** The right edge of a tree: enough to append to it and to know its root. `edge[L]`: the hashes of level L's partial tile. */
export interface FrontierState {
  readonly size: number;
  readonly edge: readonly (readonly TreeHash[])[];
}

/** A tree that grows leaf by leaf and keeps its right edge only. */
export class TreeFrontier {
  #size: number;
  readonly #edge: TreeHash[][];

  constructor(state: FrontierState = { size: 0, edge: [] }) {
    this.#size = state.size;
    this.#edge = state.edge.map((hashes) => [...hashes]);
  }

  get size(): number {
    return this.#size;
  }

  get state(): FrontierState {
    return { size: this.#size, edge: this.#edge.map((hashes) => [...hashes]) };
  }

  /** Returns the tiles that this leaf completes, lowest first. */
  append(leaf: TreeHash): FullTile[] {
    this.#size += 1;
    const full: FullTile[] = [];
    for (let level = 0, hash = leaf; ; level += 1) {
      const edge = (this.#edge[level] ??= []);
      edge.push(hash);
      if (edge.length < TILE_WIDTH) return full;
      const hashes = edge.splice(0);
      const root = perfectRoot(hashes);
      full.push({ level, index: this.#size / TILE_WIDTH ** (level + 1) - 1, hashes, root });
      hash = root;
    }
  }

  root(): TreeHash {
    let root: TreeHash | null = null;
    for (const hashes of this.#edge)
      for (const subtree of perfectSubtrees(hashes).reverse()) root = root ? nodeHash(subtree, root) : subtree;
    return root ?? EMPTY_ROOT;
  }
}

/** Of 2^n nodes of one level: the node that they make together. */
export function perfectRoot(hashes: readonly TreeHash[]): TreeHash {
  let nodes = hashes;
  while (nodes.length > 1) {
    const above: TreeHash[] = [];
    for (let at = 0; at + 1 < nodes.length; at += 2) above.push(pair(nodes, at));
    nodes = above;
  }
  const [root] = nodes;
  if (root === undefined) throw new RangeError('no node');
  return root;
}

function pair(nodes: readonly TreeHash[], at: number): TreeHash {
  const [left, right] = [nodes[at], nodes[at + 1]];
  if (left === undefined || right === undefined) throw new RangeError('no node');
  return nodeHash(left, right);
}

/** The largest perfect trees that stand side by side over these nodes, left to right. */
function perfectSubtrees(hashes: readonly TreeHash[]): TreeHash[] {
  const subtrees: TreeHash[] = [];
  for (let at = 0, width = TILE_WIDTH; width >= 1; width /= 2) {
    if (hashes.length - at < width) continue;
    subtrees.push(perfectRoot(hashes.slice(at, at + width)));
    at += width;
  }
  return subtrees;
}
