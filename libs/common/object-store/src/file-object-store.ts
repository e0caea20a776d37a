import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { requireObjectKey } from './object-key.js';
import { type ObjectStore, ObjectStoreError, type StoredObject } from './object-store.js';

const INCOMING = '.incoming';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** A put writes as it goes, and who sends nothing for two minutes is cut off: what rests for longer, nobody writes. */
const LEFT_MS = 10 * 60 * 1000;

/**
 * Objects as files of one folder. A put writes aside, syncs, renames, and syncs the folder that got the new name:
 * only then is the name durable, too (fsync(2)).
 */
export class FileObjectStore implements ObjectStore {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Makes the folder where it is missing, and sweeps what puts that were killed left. */
  static async open(root: string): Promise<FileObjectStore> {
    const store = new FileObjectStore(root);
    await away(mkdir(join(root, INCOMING), { recursive: true, mode: FOLDER_MODE }));
    await store.sweep(new Date(Date.now() - LEFT_MS));
    return store;
  }

  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: number }> {
    const target = this.#path(key);
    const incoming = join(this.#root, INCOMING, randomUUID());
    try {
      const bytes = await writeDurably(incoming, source);
      await away(this.#place(incoming, target));
      return { bytes };
    } catch (error) {
      await rm(incoming, { force: true }).catch(() => undefined); // sweep() finds what is left
      throw error;
    }
  }

  async read(key: string, offset: number, length: number): Promise<Buffer> {
    const file = await found(open(this.#path(key), 'r'));
    try {
      const { size } = await away(file.stat());
      const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
      if (!inside || offset + length > size) throw new ObjectStoreError('object.out-of-range');
      return await readExactly(file, offset, length);
    } finally {
      await file.close();
    }
  }

  async size(key: string): Promise<number | null> {
    try {
      return (await found(stat(this.#path(key)))).size;
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'object.missing') return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await away(rm(this.#path(key), { force: true }));
  }

  async *list(): AsyncGenerator<StoredObject> {
    for await (const path of filesUnder(this.#root)) {
      const facts = await stat(path).catch(() => null); // deleted since the listing began
      const key = relative(this.#root, path).split(sep).join('/');
      if (facts) yield { key, bytes: facts.size, modifiedAt: facts.mtime };
    }
  }

  async sweep(before: Date): Promise<number> {
    let swept = 0;
    const folder = await away(opendir(join(this.#root, INCOMING)));
    for await (const entry of folder) {
      const path = join(entry.parentPath, entry.name);
      const facts = await stat(path).catch(() => null);
      if (!facts || facts.mtime >= before) continue;
      await away(rm(path, { force: true }));
      swept += 1;
    }
    return swept;
  }

  async check(): Promise<void> {
    const probe = join(this.#root, INCOMING, randomUUID());
    await away(open(probe, 'wx', FILE_MODE).then((file) => file.close()));
    await away(rm(probe));
  }

  #path(key: string): string {
    return join(this.#root, ...requireObjectKey(key).split('/'));
  }

  /** Folders stay once they are made: there are 256 of them, and making one costs a sync of its parent. */
  async #place(incoming: string, target: string): Promise<void> {
    const folder = dirname(target);
    await makeFolders(folder);
    await rename(incoming, target);
    await syncFolder(folder);
  }
}

/** Folder by folder: `opendir` with `recursive` gives 32 entries of each folder and then no more (Node 20.20). */
async function* filesUnder(folder: string): AsyncGenerator<string> {
  for await (const entry of await away(opendir(folder))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && entry.name !== INCOMING) yield* filesUnder(path);
  }
}

async function makeFolders(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** What waits to be written, and what is being written, are this many bytes each at most. */
const BATCH_BYTES = 128 * 1024;

/** Asks for the next pieces while the last are written, and for no more: a slow disk slows the sender, not the memory. */
async function writeDurably(path: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await away(open(path, 'wx', FILE_MODE));
  try {
    const bytes = await writeInBatches(file, source);
    await away(file.sync());
    return bytes;
  } finally {
    await file.close();
  }
}

async function writeInBatches(file: FileHandle, source: AsyncIterable<Uint8Array>): Promise<number> {
  let [bytes, waiting]: [number, Uint8Array[]] = [0, []];
  let waitingBytes = 0;
  let writing = Promise.resolve();
  try {
    for await (const piece of source) {
      waiting.push(piece);
      waitingBytes += piece.length;
      bytes += piece.length;
      if (waitingBytes < BATCH_BYTES) continue;
      await writing;
      writing = away(writeWhole(file, waiting));
      writing.catch(() => undefined); // it is awaited below, whatever the source does meanwhile
      [waiting, waitingBytes] = [[], 0];
    }
  } catch (error) {
    await writing.catch(() => undefined); // the file is closed next
    throw error;
  }
  await writing;
  await away(writeWhole(file, waiting));
  return bytes;
}

async function writeWhole(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const { bytesWritten } = await file.writev([...pieces]);
  if (bytesWritten === bytes) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let at = 0; at < rest.length;) at += (await file.write(rest, at)).bytesWritten;
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await away(file.read(bytes, at, length - at, offset + at));
    if (bytesRead === 0) throw new ObjectStoreError('object.out-of-range');
    at += bytesRead;
  }
  return bytes;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The file system's own errors quote paths; who asked learns only that the store did not do it. */
async function away<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch {
    throw new ObjectStoreError('object.store-away');
  }
}

async function found<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    throw new ObjectStoreError(isMissing(error) ? 'object.missing' : 'object.store-away');
  }
}
