import { type ReadEntry, readEntry } from '../entry/entry.js';
import { decodeBundle } from '../entry/entry-bundle.js';
import { LedgerError } from '../ledger-error.js';
import { type TreeHash, entryHash } from '../tree/node-hash.js';
import { TILE_WIDTH, bundlePath, nodesAt, tilePath, widthAt } from '../tree/tile-path.js';
import { TreeFrontier, perfectRoot } from '../tree/tree-frontier.js';
import { hashesOf } from '../tree/tree-reader.js';
import { type Finding, Findings } from './finding.js';
import { type SignedCheckpoint, type Trust, judgeCheckpoint, splitNotes } from './trust.js';

/** A ledger's objects by their paths, as they lie under `ledger/`. */
export interface LedgerObjects {
  /** Null where there is none. */
  read(path: string): Promise<Buffer | null>;
  /** The widths of the partial tiles that are there of this full tile's path. */
  widthsOf(path: string): Promise<readonly number[]>;
}

export const CHECKPOINT_PATH = 'checkpoint';
export const KEYS_PATH = 'keys';

export interface Verdict {
  /** Empty: sound. */
  readonly findings: readonly Finding[];
  readonly checkpoint: SignedCheckpoint | null;
  /** How many leaves were read. */
  readonly leaves: number;
  /** Times of the first and the last act that has one. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Reads every entry and every tile of a ledger and says what is wrong with it, and where. */
export async function verifyTiles(objects: LedgerObjects, trust: Trust): Promise<Verdict> {
  const findings = new Findings();
  const note = await objects.read(CHECKPOINT_PATH);
  const keys = splitNotes((await objects.read(KEYS_PATH))?.toString('utf8') ?? '');
  const checkpoint = judgeCheckpoint(note?.toString('utf8') ?? null, keys, trust, findings);
  if (!checkpoint) return { findings: findings.all, checkpoint, leaves: 0, from: null, to: null };
  const walk = new TileWalk(objects, checkpoint, trust, findings);
  return { ...(await walk.run()), findings: findings.all, checkpoint };
}

class TileWalk {
  readonly #objects: LedgerObjects;
  readonly #checkpoint: SignedCheckpoint;
  readonly #remembered: Trust['remembered'];
  readonly #findings: Findings;
  readonly #tree = new TreeFrontier();
  readonly #ids = new Set<string>();
  /** The tile of level 1 that is at work: what stands above the tiles that are compared. */
  #above: { readonly index: number; readonly hashes: readonly TreeHash[] } | null = null;
  #from: string | null = null;
  #to: string | null = null;
  #leaves = 0;

  constructor(objects: LedgerObjects, checkpoint: SignedCheckpoint, trust: Trust, findings: Findings) {
    this.#objects = objects;
    this.#checkpoint = checkpoint;
    this.#remembered = trust.remembered;
    this.#findings = findings;
  }

  async run(): Promise<Pick<Verdict, 'leaves' | 'from' | 'to'>> {
    const { size, root } = this.#checkpoint;
    for (let index = 0; index * TILE_WIDTH < size; index += 1) {
      const leaves = await this.#leavesOf(index, widthAt(size, 0, index));
      for (const leaf of leaves) await this.#grow(leaf);
    }
    await this.#compareEdge();
    if (this.#tree.size !== size || !this.#tree.root().equals(root))
      this.#findings.add('verify.root-differs', 'checkpoint');
    return { leaves: this.#leaves, from: this.#from, to: this.#to };
  }

  /** The hashes of one tile's leaves: out of the entries where they fit the tree, else out of the tile. */
  async #leavesOf(index: number, width: number): Promise<readonly TreeHash[]> {
    const path = tilePath({ level: 0, index, width });
    const tile = await this.#tile(0, index, width);
    const entries = await this.#entries(index, width);
    if (tile === null && entries === null) return [];
    if (entries === null) return tile ?? [];
    if (tile === null) return entries;
    if (entries.every((hash, at) => tile[at]?.equals(hash))) return entries;
    if (await this.#fitsAbove(index, entries)) {
      this.#findings.add('verify.tile-changed', path);
      return entries;
    }
    this.#blameEntries(index, entries, tile);
    return tile;
  }

  #blameEntries(index: number, entries: readonly TreeHash[], tile: readonly TreeHash[]): void {
    const differing = entries.flatMap((hash, at) => (tile[at]?.equals(hash) ? [] : [at]));
    const spelled = (hashes: readonly TreeHash[]): string =>
      differing
        .map((at) => hashes[at]?.toString('hex'))
        .sort()
        .join();
    const first = index * TILE_WIDTH;
    if (differing.length > 1 && spelled(entries) === spelled(tile)) {
      const places = differing.map((at) => String(first + at)).join(', ');
      this.#findings.add('verify.order-changed', `leaves ${places}`);
      return;
    }
    for (const at of differing) this.#findings.add('verify.leaf-changed', `leaf ${String(first + at)}`);
  }

  async #entries(index: number, width: number): Promise<readonly TreeHash[] | null> {
    const path = bundlePath(index, width);
    const bundle = await this.#read(bundlePath(index, TILE_WIDTH), width, path);
    if (bundle === null) {
      this.#findings.add('verify.bundle-missing', path);
      return null;
    }
    const entries = entriesIn(bundle);
    if (entries === null || entries.length < width) {
      this.#findings.add('verify.bundle-changed', path);
      return null;
    }
    return entries.slice(0, width).map((entry, at) => {
      this.#note(entry, index * TILE_WIDTH + at);
      return entryHash(entry);
    });
  }

  #note(entry: Buffer, index: number): void {
    this.#leaves += 1;
    const read = readable(entry);
    if (!read) return; // its hash says whether it was changed
    this.#from ??= read.at;
    this.#to = read.at ?? this.#to;
    if (read.id === null) return;
    if (this.#ids.has(read.id)) this.#findings.add('verify.leaf-repeated', `leaf ${String(index)}`);
    this.#ids.add(read.id);
  }

  async #grow(leaf: TreeHash): Promise<void> {
    for (const { level, index, hashes } of this.#tree.append(leaf))
      if (level > 0) await this.#compareTile(level, index, hashes);
    const remembered = this.#remembered;
    if (remembered?.size !== this.#tree.size || remembered.size >= this.#checkpoint.size) return;
    if (!this.#tree.root().equals(remembered.root))
      this.#findings.add('verify.forked', `the first ${String(remembered.size)} leaves`);
  }

  async #compareEdge(): Promise<void> {
    if (this.#tree.size !== this.#checkpoint.size) return;
    for (const [level, hashes] of this.#tree.state.edge.entries()) {
      const index = Math.floor(nodesAt(this.#tree.size, level) / TILE_WIDTH);
      if (level > 0 && hashes.length > 0) await this.#compareTile(level, index, hashes);
    }
  }

  async #compareTile(level: number, index: number, hashes: readonly TreeHash[]): Promise<void> {
    const tile = await this.#tile(level, index, hashes.length);
    if (tile === null || hashes.every((hash, at) => tile[at]?.equals(hash))) return;
    this.#findings.add('verify.tile-changed', tilePath({ level, index, width: hashes.length }));
  }

  /** Whether these are the leaves that the node above says, or, where the tile is not full, the root. */
  async #fitsAbove(index: number, leaves: readonly TreeHash[]): Promise<boolean> {
    if (leaves.length < TILE_WIDTH) {
      const tree = new TreeFrontier(this.#tree.state);
      for (const leaf of leaves) tree.append(leaf);
      return tree.root().equals(this.#checkpoint.root);
    }
    const above = Math.floor(index / TILE_WIDTH);
    if (this.#above?.index !== above) {
      const hashes = await this.#readTile(1, above, widthAt(this.#checkpoint.size, 1, above));
      this.#above = { index: above, hashes: hashes ?? [] };
    }
    return this.#above.hashes[index % TILE_WIDTH]?.equals(perfectRoot(leaves)) ?? false;
  }

  async #tile(level: number, index: number, width: number): Promise<readonly TreeHash[] | null> {
    const hashes = await this.#readTile(level, index, width);
    if (hashes === null) this.#findings.add('verify.tile-missing', tilePath({ level, index, width }));
    return hashes;
  }

  async #readTile(level: number, index: number, width: number): Promise<readonly TreeHash[] | null> {
    const full = tilePath({ level, index, width: TILE_WIDTH });
    const tile = await this.#read(full, width, tilePath({ level, index, width }));
    try {
      return tile === null ? null : hashesOf(tile, width);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return null;
    }
  }

  /** The object itself, or one that has grown since: partial tiles go when their wider ones are there. */
  async #read(full: string, width: number, exact: string): Promise<Buffer | null> {
    const found = await this.#objects.read(exact);
    if (found !== null || width === TILE_WIDTH) return found;
    const wider = (await this.#objects.widthsOf(full)).filter((other) => other > width).sort((a, b) => a - b)[0];
    if (wider !== undefined) return this.#objects.read(`${full}.p/${String(wider)}`);
    return this.#objects.read(full);
  }
}

function entriesIn(bundle: Buffer): Buffer[] | null {
  try {
    return decodeBundle(bundle);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}

function readable(entry: Buffer): ReadEntry | null {
  try {
    return readEntry(entry);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return null;
  }
}
