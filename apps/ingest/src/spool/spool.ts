import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileObjectStore, type ObjectStore } from '@crashkeep/strict-store';
import { IngestError } from '../ingest-error.js';
import { type Spooled, parseRecord, recordText } from './spool-record.js';

/** A store or database that failed is not asked again for so long: an upload must not wait for it twice. */
const AWAY_MS = 5_000;
const FOLDER_MODE = 0o700;

/**
 * Where uploads wait while the database or the object store is away: ciphertext and headers, synced, up to a bound. One folder
 * belongs to one ingest. A record is written last and removed first, so what has one is whole, and what has none is garbage.
 */
export class Spool {
  readonly #folder: string;
  readonly #objects: FileObjectStore;
  readonly #most: number;
  #bytes: number;
  #awayUntil = { store: 0, database: 0 };

  private constructor(folder: string, objects: FileObjectStore, most: number, bytes: number) {
    this.#folder = folder;
    this.#objects = objects;
    this.#most = most;
    this.#bytes = bytes;
  }

  /** `most`: bytes of ciphertext that may wait. What a killed process left without a record goes. */
  static async open(folder: string, most: number): Promise<Spool> {
    for (const name of ['records', 'copies']) await mkdir(join(folder, name), { recursive: true, mode: FOLDER_MODE });
    await Promise.all((await readdir(join(folder, 'copies'))).map((name) => rm(join(folder, 'copies', name))));
    const objects = await FileObjectStore.open(join(folder, 'objects'));
    const spool = new Spool(folder, objects, most, 0);
    const kept = new Set<string>();
    for await (const { objectKeys } of spool.waiting()) objectKeys.forEach((key) => kept.add(key));
    for await (const { key, bytes } of objects.list()) {
      if (kept.has(key)) spool.#bytes += bytes;
      else await objects.delete(key);
    }
    return spool;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get hasRoom(): boolean {
    return this.#bytes < this.#most;
  }

  isAway(what: 'store' | 'database', now = Date.now()): boolean {
    return now < this.#awayUntil[what];
  }

  /** Until it is asked again. */
  noteAway(what: 'store' | 'database', now = Date.now()): void {
    this.#awayUntil[what] = now + AWAY_MS;
  }

  noteBack(what: 'store' | 'database'): void {
    this.#awayUntil[what] = 0;
  }

  /** Durable when it resolves; `ingest.spool-full` where there is no room, and nothing stays. */
  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    let taken = 0;
    const counted = async function* (this: Spool): AsyncGenerator<Uint8Array> {
      for await (const piece of source) {
        if (this.#bytes + piece.length > this.#most) throw new IngestError('ingest.spool-full');
        this.#bytes += piece.length;
        taken += piece.length;
        yield piece;
      }
    }.bind(this);
    try {
      return await this.#objects.put(key, counted());
    } catch (error) {
      this.#bytes -= taken;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    this.#bytes -= (await this.#objects.size(key)) ?? 0;
    await this.#objects.delete(key);
  }

  /** From here on the upload is safe: 200 may be said. */
  async keep(spooled: Spooled): Promise<void> {
    const text = recordText(spooled);
    if (!parseRecord(text)) throw new IngestError('ingest.store-away'); // what cannot be read again is not kept
    const aside = join(this.#folder, 'copies', randomUUID());
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, this.#recordOf(spooled));
    await syncFolder(join(this.#folder, 'records'));
  }

  /** Oldest first. A record that cannot be read stays where it is, for a person. */
  async *waiting(): AsyncGenerator<Spooled> {
    for (const name of (await readdir(join(this.#folder, 'records'))).sort()) {
      const record = parseRecord(await readFile(join(this.#folder, 'records', name), 'utf8'));
      if (record) yield record;
    }
  }

  /** Moves what waits into the store where it belongs. Safe to do again after a kill. */
  async moveObjects({ objectKeys }: Spooled, store: ObjectStore): Promise<void> {
    for (const key of objectKeys) await store.put(key, this.#pieces(key));
  }

  /** Once the dump exists. */
  async forget(spooled: Spooled): Promise<void> {
    await rm(this.#recordOf(spooled), { force: true });
    await syncFolder(join(this.#folder, 'records'));
    for (const key of spooled.objectKeys) await this.delete(key);
  }

  /** A file beside an upload that is under way: what the store did not take is here. Null where there is no room for it. */
  async beginCopy(): Promise<CopiedPieces> {
    const path = join(this.#folder, 'copies', randomUUID());
    return new CopiedPieces(await open(path, 'wx+', 0o600), path);
  }

  #recordOf({ receiving }: Spooled): string {
    const at = String(receiving.dump.receivedAt.getTime()).padStart(15, '0');
    return join(this.#folder, 'records', `${at}-${receiving.dump.id}.json`);
  }

  async *#pieces(key: string): AsyncGenerator<Uint8Array> {
    const size = (await this.#objects.size(key)) ?? 0;
    for (let at = 0; at < size; at += PIECE) yield await this.#objects.read(key, at, Math.min(PIECE, size - at));
  }
}

const PIECE = 256 * 1024;

/** Pieces that went by, in a file that nobody needs to sync: it matters only while this process lives. */
export class CopiedPieces {
  readonly #file: FileHandle;
  readonly #path: string;
  #bytes = 0;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  async write(piece: Uint8Array): Promise<void> {
    await this.#file.write(piece);
    this.#bytes += piece.length;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.#bytes; at += PIECE) {
      const piece = Buffer.alloc(Math.min(PIECE, this.#bytes - at));
      await this.#file.read(piece, 0, piece.length, at);
      yield piece;
    }
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
