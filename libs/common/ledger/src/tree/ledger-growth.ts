import { encodeBundle } from '../entry/entry-bundle.js';
import type { TreeHead } from './check-proof.js';
import { type TreeHash, entryHash } from './node-hash.js';
import { TILE_LEVELS, TILE_WIDTH, bundlePath, nodesAt, tilePath, tilesBetween, widthAt } from './tile-path.js';
import { type FrontierState, TreeFrontier } from './tree-frontier.js';

/** An object of the ledger: its path below `ledger/` and its bytes. */
export interface LedgerObject {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A node over 256^level leaves, from `index * 256^level` on; level 1 and up. */
export interface UpperNode {
  readonly level: number;
  readonly index: number;
  readonly hash: TreeHash;
}

/** What one step of growth comes to. */
export interface Growth {
  readonly head: TreeHead;
  readonly frontier: FrontierState;
  /** Of the leaves that were added, in their order. */
  readonly hashes: readonly TreeHash[];
  readonly nodes: readonly UpperNode[];
  /** Tiles and bundles to write; the checkpoint comes after them. */
  readonly objects: readonly LedgerObject[];
  /** Entries of the last bundle, if it is not full: the next step writes them again. */
  readonly tail: readonly Buffer[];
}

/** The tree with these entries added. Pure: from the same state the same growth comes out, after a crash too. */
export function grow(frontier: FrontierState, tail: readonly Buffer[], entries: readonly Buffer[]): Growth {
  const tree = new TreeFrontier(frontier);
  const rows = new Map(frontier.edge.map((hashes, level) => [level, [...hashes]]));
  const add = (level: number, hash: TreeHash): void => {
    const row = rows.get(level);
    if (row) row.push(hash);
    else rows.set(level, [hash]);
  };
  const nodes: UpperNode[] = [];
  const hashes = entries.map(entryHash);
  for (const leaf of hashes) {
    add(0, leaf);
    for (const { level, index, root } of tree.append(leaf)) {
      add(level + 1, root);
      nodes.push({ level: level + 1, index, hash: root });
    }
  }
  const [from, to] = [frontier.size, tree.size];
  const tiles = tilesBetween(from, to).map(({ level, index, width }) => {
    const first = firstKept(from, level);
    const row = rows.get(level) ?? [];
    const at = index * TILE_WIDTH - first;
    return { path: tilePath({ level, index, width }), bytes: Buffer.concat(row.slice(at, at + width)) };
  });
  const kept = [...tail, ...entries];
  const bundles = tilesBetween(from, to)
    .filter(({ level }) => level === 0)
    .map(({ index, width }) => {
      const at = index * TILE_WIDTH - firstKept(from, 0);
      return { path: bundlePath(index, width), bytes: encodeBundle(kept.slice(at, at + width)) };
    });
  return {
    head: { size: to, root: tree.root() },
    frontier: tree.state,
    hashes,
    nodes,
    objects: [...bundles, ...tiles],
    tail: kept.slice(kept.length - (to % TILE_WIDTH)),
  };
}

/** The partial tiles and bundles that a tree of this size has: a wider one makes them useless. */
export function partialPaths(size: number): string[] {
  return TILE_LEVELS.flatMap((level) => {
    const index = Math.floor(nodesAt(size, level) / TILE_WIDTH);
    const width = widthAt(size, level, index);
    if (width === 0) return [];
    return [...(level === 0 ? [bundlePath(index, width)] : []), tilePath({ level, index, width })];
  });
}

/** The first node of a level that a frontier of this size still holds. */
const firstKept = (size: number, level: number): number => Math.floor(nodesAt(size, level) / TILE_WIDTH) * TILE_WIDTH;
