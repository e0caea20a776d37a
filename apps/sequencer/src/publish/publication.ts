import {
  CHECKPOINT_PATH,
  type Checkpoint,
  KEYS_PATH,
  type LedgerObject,
  cosignNote,
  checkpointText,
  heldBy,
  keysAfter,
  noteText,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  partialPaths,
  signNote,
  splitNotes,
} from '@crashkeep/ledger';
import { type ObjectStore, ObjectStoreError } from '@crashkeep/object-store';
import type { KeyFolder, LedgerKeys } from '../keys/key-folder.js';
import { SequencerHalt } from '../sequencer-halt.js';

const AT_ONCE = 8;
/** Whoever reads a checkpoint gets its partial tiles for as long as this many newer ones take. */
const PARTIALS_KEPT = 60;

/** What the ledger has in its object store. */
export class Publication {
  readonly #objects: ObjectStore;
  readonly #keys: KeyFolder;
  readonly #partials: string[][] = [];
  #successions: string | null = null;

  constructor(objects: ObjectStore, keys: KeyFolder) {
    this.#objects = objects;
    this.#keys = keys;
  }

  /** The checkpoint that is published, checked with the ledger's own key; null where there is none yet. */
  async published(): Promise<Checkpoint | null> {
    const text = await this.#read(CHECKPOINT_PATH);
    if (text === null) return null;
    const first = parseVerifierKey(await this.#keys.firstKey());
    const { successions } = await this.#keys.keys();
    const note = parseNote(text);
    if (!keysAfter([first], splitNotes(successions)).some((key) => heldBy(key, note)))
      throw new SequencerHalt('sequencer.checkpoint-not-ours');
    return parseCheckpoint(note.text);
  }

  async writeTiles(objects: readonly LedgerObject[]): Promise<void> {
    for (let at = 0; at < objects.length; at += AT_ONCE)
      await Promise.all(objects.slice(at, at + AT_ONCE).map(({ path, bytes }) => this.#put(path, bytes)));
  }

  /** A checkpoint without cosignatures: signed as a note, and with the time as a cosignature of the ledger's own. */
  sign({ signer, previous }: LedgerKeys, head: Omit<Checkpoint, 'origin'>, at: Date): string {
    const text = checkpointText({ origin: signer.name, ...head });
    const signatures = [signNote(signer, text), cosignNote(signer, text, at)];
    return noteText({ text, signatures: previous ? [...signatures, signNote(previous, text)] : signatures });
  }

  async writeCheckpoint(note: string, successions: string): Promise<void> {
    if (successions !== this.#successions && successions !== '') await this.#put(KEYS_PATH, Buffer.from(successions));
    this.#successions = successions;
    await this.#put(CHECKPOINT_PATH, Buffer.from(note, 'utf8'));
  }

  /** Partial tiles of trees long past go: wider ones hold what they held. */
  async tidy(size: number): Promise<void> {
    const partials = partialPaths(size);
    if (this.#partials.at(-1)?.join() !== partials.join()) this.#partials.push(partials);
    if (this.#partials.length <= PARTIALS_KEPT) return;
    const kept = new Set(this.#partials.slice(1).flat());
    for (const path of this.#partials.shift() ?? []) if (!kept.has(path)) await this.#objects.delete(path);
  }

  async #put(path: string, bytes: Buffer): Promise<void> {
    await this.#objects.put(path, onePiece(bytes));
  }

  async #read(path: string): Promise<string | null> {
    const size = await this.#objects.size(path);
    if (size === null) return null;
    try {
      return (await this.#objects.read(path, 0, size)).toString('utf8');
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'object.missing') return null;
      throw error;
    }
  }
}

async function* onePiece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
