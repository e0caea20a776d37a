import {
  type LatestCheckpoint,
  type SqlTransaction,
  TreeReader,
  bareEntryOf,
  databaseTiles,
  entryHash,
  entryOf,
  latestCheckpoint,
  rootOfInclusion,
} from '@crashkeep/ledger';
import { roomProblem } from '../http/room-error.js';
import type { FoundLeaf } from './find-leaves.js';

/** One leaf with everything that its proof needs, as exports and the page have it. */
export interface ProvenLeaf {
  readonly index: number;
  readonly salt: string;
  readonly entry: string;
  readonly proof: readonly string[];
}

/** Proves leaves against the last signed checkpoint. Nothing is handed out that who checks it would refuse. */
export class LeafProofs {
  readonly checkpoint: LatestCheckpoint;
  readonly #reader: TreeReader;

  private constructor(rows: SqlTransaction, checkpoint: LatestCheckpoint) {
    this.checkpoint = checkpoint;
    this.#reader = new TreeReader(databaseTiles(rows), checkpoint.size);
  }

  /** `room.not-sequenced` until there is a checkpoint. */
  static async open(rows: SqlTransaction): Promise<LeafProofs> {
    const checkpoint = await latestCheckpoint(rows);
    if (!checkpoint) throw roomProblem('room.not-sequenced');
    return new LeafProofs(rows, checkpoint);
  }

  /** `room.not-sequenced` where the checkpoint does not cover the leaf yet, `room.unsound-leaf` where it is not what was signed. */
  async prove(leaf: FoundLeaf): Promise<ProvenLeaf> {
    const { index } = leaf;
    if (index === null || index >= this.checkpoint.size) throw roomProblem('room.not-sequenced');
    const row = { ...leaf, body: leaf.text, at: leaf.createdAt };
    const entry = [entryOf(row), bareEntryOf(row)].find((form) => entryHash(form).equals(leaf.hash));
    const proof = await this.#reader.inclusionProof(index);
    const root = entry && rootOfInclusion(entryHash(entry), index, this.checkpoint.size, proof);
    if (!entry || !root?.equals(this.checkpoint.root)) throw roomProblem('room.unsound-leaf');
    return {
      index,
      salt: Buffer.from(leaf.salt).toString('hex'),
      entry: entry.subarray(leaf.salt.length).toString('utf8'),
      proof: proof.map((hash) => hash.toString('base64')),
    };
  }
}
