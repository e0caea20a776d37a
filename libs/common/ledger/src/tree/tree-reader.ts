import { LedgerError } from '../ledger-error.js';
import { EMPTY_ROOT, HASH_BYTES, type TreeHash, nodeHash } from './node-hash.js';
import { TILE_WIDTH, type TileName, widthAt } from './tile-path.js';
import { perfectRoot } from './tree-frontier.js';

/** Where tiles come from: an object store, a folder, a database. What it gives is checked against a checkpoint, never trusted. */
export interface TileSource {
  /** At least `width` hashes of 32 bytes, one after the other. Rejects with `ledger.tile-missing`. */
  tile(name: TileName): Promise<Uint8Array>;
}

/** The hashes in a tile; throws where it is shorter than its name says. */
export function hashesOf(tile: Uint8Array, width: number): TreeHash[] {
  if (tile.length < width * HASH_BYTES) throw new LedgerError('ledger.tile-missing');
  return Array.from({ length: width }, (_, at) => Buffer.from(tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)));
}

/** Proofs of a tree of a fixed size, out of its tiles. Reads each tile once. */
export class TreeReader {
  readonly #source: TileSource;
  readonly #size: number;
  readonly #tiles = new Map<string, Promise<TreeHash[]>>();

  constructor(source: TileSource, size: number) {
    this.#source = source;
    this.#size = size;
  }

  async root(): Promise<TreeHash> {
    return this.#size === 0 ? EMPTY_ROOT : this.#range(0, this.#size);
  }

  leaf(index: number): Promise<TreeHash> {
    if (!(index >= 0 && index < this.#size)) throw new LedgerError('ledger.out-of-tree');
    return this.#node(0, index);
  }

  /** The siblings on the way from a leaf to the root, lowest first (RFC 6962 section 2.1.1). */
  async inclusionProof(index: number): Promise<TreeHash[]> {
    if (!(index >= 0 && index < this.#size)) throw new LedgerError('ledger.out-of-tree');
    const proof: TreeHash[] = [];
    let [begin, end] = [0, this.#size];
    while (end - begin > 1) {
      const middle = begin + splitOf(end - begin);
      if (index < middle) {
        proof.push(await this.#range(middle, end));
        end = middle;
      } else {
        proof.push(await this.#range(begin, middle));
        begin = middle;
      }
    }
    return proof.reverse();
  }

  /** That a tree of `older` leaves is the beginning of this one (RFC 6962 section 2.1.2). Empty for an older size of 0. */
  async consistencyProof(older: number): Promise<TreeHash[]> {
    if (!(older >= 0 && older <= this.#size)) throw new LedgerError('ledger.out-of-tree');
    if (older === 0 || older === this.#size) return [];
    const proof: TreeHash[] = [];
    let [begin, end, isWhole] = [0, this.#size, true];
    while (end !== older) {
      const middle = begin + splitOf(end - begin);
      if (older <= middle) {
        proof.push(await this.#range(middle, end));
        end = middle;
      } else {
        proof.push(await this.#range(begin, middle));
        [begin, isWhole] = [middle, false];
      }
    }
    if (!isWhole) proof.push(await this.#range(begin, end));
    return proof.reverse();
  }

  /** The root of the leaves from `begin`, which is a place where the tree splits. */
  async #range(begin: number, end: number): Promise<TreeHash> {
    const count = end - begin;
    const level = Math.log2(count);
    if (Number.isInteger(level)) return this.#node(level, begin / count);
    const middle = begin + splitOf(count);
    return nodeHash(await this.#range(begin, middle), await this.#range(middle, end));
  }

  /** The node that covers 2^level leaves from `index * 2^level`. */
  async #node(level: number, index: number): Promise<TreeHash> {
    const tileLevel = Math.floor(level / 8);
    const width = 2 ** (level % 8);
    const first = index * width;
    const tile = Math.floor(first / TILE_WIDTH);
    const hashes = await this.#tile(tileLevel, tile);
    const found = hashes.slice(first - tile * TILE_WIDTH, first - tile * TILE_WIDTH + width);
    if (found.length < width) throw new LedgerError('ledger.tile-missing');
    return perfectRoot(found);
  }

  #tile(level: number, index: number): Promise<TreeHash[]> {
    const key = `${String(level)}/${String(index)}`;
    const width = widthAt(this.#size, level, index);
    const known = this.#tiles.get(key);
    if (known) return known;
    const read = this.#source.tile({ level, index, width }).then((tile) => hashesOf(tile, width));
    this.#tiles.set(key, read);
    return read;
  }
}

/** The largest power of two below `count`: where a tree of so many leaves splits. */
export function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}
