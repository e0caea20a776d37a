import {
  type FrontierState,
  TILE_WIDTH,
  TreeFrontier,
  TreeReader,
  bareEntryOf,
  entryHash,
  entryOf,
  grow,
  verifierKeyText,
  verifierOf,
} from '@crashkeep/ledger';
import type { ObjectStore } from '@crashkeep/object-store';
import type { AppLogger } from '@crashkeep/platform';
import { readFrontier, writeFrontier } from './keys/frontier-file.js';
import type { KeyFolder } from './keys/key-folder.js';
import { Publication } from './publish/publication.js';
import type { WitnessClient } from './publish/witness-client.js';
import { LedgerRows, type StoredLeaf } from './rows/ledger-rows.js';
import { SequencerHalt } from './sequencer-halt.js';

/** What is done for each batch, in this order. Between any two the process may die. */
export type Step = 'numbered' | 'tiles-written' | 'frontier-kept' | 'witnessed' | 'noted' | 'published';

export interface SequencerTerms {
  readonly databaseUrl: string;
  readonly objects: ObjectStore;
  readonly keys: KeyFolder;
  readonly witnesses: readonly WitnessClient[];
  readonly log: AppLogger;
  /** Called after each step; a test ends the world here. */
  readonly after?: (step: Step) => void;
  /** Leaves that are numbered in one transaction. */
  readonly batch?: number;
}

export const BATCH = 4096;
const REPLAYED_AT_ONCE = 4096;

/** The one that numbers. Opened, it holds the lock; whatever fails, it is thrown away and another one opened. */
export class Sequencer {
  readonly #terms: SequencerTerms;
  readonly #rows: LedgerRows;
  readonly #publication: Publication;
  #frontier: FrontierState = { size: 0, edge: [] };
  #tail: readonly Buffer[] = [];
  #signed: string | null = null;

  private constructor(terms: SequencerTerms, rows: LedgerRows) {
    this.#terms = terms;
    this.#rows = rows;
    this.#publication = new Publication(terms.objects, terms.keys);
  }

  /** Takes over and comes to where the one before was, from what lies beside the key and in the database. Throws a SequencerHalt. */
  static async open(terms: SequencerTerms): Promise<Sequencer> {
    const { rows, size } = await LedgerRows.takeOver(terms.databaseUrl);
    const sequencer = new Sequencer(terms, rows);
    try {
      await sequencer.#recover(size);
      return sequencer;
    } catch (error) {
      await rows.close();
      throw error;
    }
  }

  get size(): number {
    return this.#frontier.size;
  }

  longestHoldDays(): Promise<number> {
    return this.#rows.longestHoldDays();
  }

  /** Numbers what waits, one batch. Resolves to how many; as many as a batch holds means that there may be more. */
  async number(): Promise<number> {
    const waiting = await this.#rows.waiting(this.#terms.batch ?? BATCH);
    if (waiting.length === 0) return 0;
    const growth = grow(this.#frontier, this.#tail, waiting.map(checkedEntry));
    const ids = waiting.map(({ id }) => id);
    await this.#rows.number({ from: this.#frontier.size, ids, nodes: growth.nodes });
    this.#did('numbered');
    await this.#publication.writeTiles(growth.objects);
    this.#did('tiles-written');
    [this.#frontier, this.#tail] = [growth.frontier, growth.tail];
    return waiting.length;
  }

  /** Signs what is numbered, has it witnessed, and publishes it. Also without news: silence shall be seen. */
  async publish(now: Date): Promise<void> {
    const keys = await this.#terms.keys.keys();
    const head = { size: this.#frontier.size, root: new TreeFrontier(this.#frontier).root() };
    const note = this.#publication.sign(keys, head, now);
    // Kept before anybody sees it: what was signed is never contradicted, whatever is set back.
    await writeFrontier(this.#terms.keys.path, this.#frontier);
    this.#did('frontier-kept');
    const witnessed = note + (await this.#cosignatures(note, head.size));
    this.#did('witnessed');
    const firstKey = await this.#terms.keys.firstKey();
    await this.#rows.note({ note: witnessed, keys: keys.successions, firstKey });
    this.#did('noted');
    await this.#publication.writeCheckpoint(witnessed, keys.successions);
    this.#did('published');
    await this.#publication.tidy(head.size);
    await this.#tellKey(verifierKeyText(verifierOf(keys.signer, 'note')));
  }

  close(): Promise<void> {
    return this.#rows.close();
  }

  #did(step: Step): void {
    this.#terms.after?.(step);
  }

  async #recover(numbered: number): Promise<void> {
    const kept = await readFrontier(this.#terms.keys.path);
    const published = await this.#publication.published();
    this.#frontier = kept ?? this.#frontier;
    if (Math.max(this.#frontier.size, published?.size ?? 0) > numbered)
      throw new SequencerHalt('sequencer.database-behind');
    await this.#readTail();
    while (this.#frontier.size <= numbered) {
      if (published?.size === this.#frontier.size) {
        const root = new TreeFrontier(this.#frontier).root();
        if (!root.equals(published.root)) throw new SequencerHalt('sequencer.forked');
      }
      if (this.#frontier.size === numbered) return;
      await this.#replay(Math.min(numbered, this.#nextStop(published?.size)));
    }
  }

  #nextStop(published: number | undefined): number {
    const most = this.#frontier.size + REPLAYED_AT_ONCE;
    return published !== undefined && published > this.#frontier.size ? Math.min(most, published) : most;
  }

  /** The entries of the last bundle, which the next leaf is written behind. */
  async #readTail(): Promise<void> {
    const { size, edge } = this.#frontier;
    const rows = await this.#rows.numbered(size - (size % TILE_WIDTH), size % TILE_WIDTH);
    const entries = rows.map(checkedEntry);
    const isWhole = entries.length === size % TILE_WIDTH;
    if (!isWhole || !entries.every((entry, at) => edge[0]?.[at]?.equals(entryHash(entry))))
      throw new SequencerHalt('sequencer.leaf-changed');
    this.#tail = entries;
  }

  /** Leaves that were numbered and perhaps not written: their order stands in the database, and the tree follows from it. */
  async #replay(to: number): Promise<void> {
    const rows = await this.#rows.numbered(this.#frontier.size, to - this.#frontier.size);
    if (rows.length !== to - this.#frontier.size) throw new SequencerHalt('sequencer.leaf-changed');
    const growth = grow(this.#frontier, this.#tail, rows.map(checkedEntry));
    await this.#publication.writeTiles(growth.objects);
    [this.#frontier, this.#tail] = [growth.frontier, growth.tail];
  }

  async #cosignatures(note: string, size: number): Promise<string> {
    const { witnesses, log } = this.#terms;
    const tiles = { tile: ({ level, index }: { level: number; index: number }) => this.#rows.tile(level, index) };
    const reader = new TreeReader(tiles, size);
    const answers = await Promise.all(
      witnesses.map((witness) => witness.cosign(note, size, (older) => reader.consistencyProof(older))),
    );
    for (const [at, answer] of answers.entries()) {
      const witness = witnesses[at];
      if (answer.kind === 'cosigned' || !witness) continue;
      log.warn(answer.kind === 'away' ? 'witness.away' : 'witness.refused', { witness: witness.key.name, size });
      if (answer.kind === 'refused' && answer.isNews) {
        const key = verifierKeyText(witness.key);
        await this.#rows.append({ act: 'ledger.witness-refused', witness: key, status: answer.status, size });
      }
    }
    return answers.map((answer) => (answer.kind === 'cosigned' ? answer.lines : '')).join('');
  }

  /** A key that signs for the first time is a leaf; the one before it has named it already. */
  async #tellKey(key: string): Promise<void> {
    const before = this.#signed;
    this.#signed = key;
    if (before === null) {
      if (this.#frontier.size === 0) await this.#rows.append({ act: 'ledger.opened', key });
    } else if (before !== key) await this.#rows.append({ act: 'ledger.key-changed', from: before, to: key });
  }
}

/** The entry of a row that is what its hash says. */
function checkedEntry(row: StoredLeaf): Buffer {
  const entry = [entryOf(row), bareEntryOf(row)].find((form) => entryHash(form).equals(row.hash));
  if (!entry) throw new SequencerHalt('sequencer.leaf-changed');
  return entry;
}
