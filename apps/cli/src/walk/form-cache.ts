import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CONVERTER_VERSION, openSymbolForm } from '@crashkeep/symbols';
import type { AsyncRangeSource, ConvertedForm } from '@crashkeep/walk';
import type { ConvertedFile } from './converted-file.js';
import { LocalFile } from './local-file.js';

/** What all forms together may take; those not used for longest go. */
const CACHE_BYTES_MAX = 2 * 1024 ** 3;
/** A form's header is within its first bytes. */
const HEADER_BYTES = 4096;
const DIGEST_PIECE_BYTES = 1024 * 1024;
/** Stands for a file that was looked at and is no symbol file. */
const NOT_SYMBOLS = Buffer.from('not symbols');

/**
 * Converted symbols on this machine's disk, by what the file held and which converter made them: symbols only, nothing of a dump. The
 * folder is its owner's alone; where it is not, or cannot be written, nothing is kept. What is found in it is checked like any form.
 */
export class FormCache {
  readonly #folder: string;
  #usable: Promise<boolean> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of a symbol file as it is now. */
  static async keyOf(file: AsyncRangeSource): Promise<string> {
    const digest = createHash('sha256');
    for (let at = 0; at < file.size; at += DIGEST_PIECE_BYTES)
      digest.update(await file.read(at, Math.min(DIGEST_PIECE_BYTES, file.size - at)));
    return `${digest.digest('hex')}-${String(CONVERTER_VERSION)}`;
  }

  /** Undefined where it is not known; null where it is known to be no symbol file. */
  async get(key: string): Promise<ConvertedFile | null | undefined> {
    if (!(await this.#isUsable())) return undefined;
    const path = this.#pathOf(key);
    const file = await LocalFile.open(path).catch(() => null);
    if (file === null) return undefined;
    const opened = await openForm(key, file).catch(() => undefined);
    if (opened === undefined || opened === null) await file.close();
    if (opened === undefined) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return opened;
  }

  /** Null for what is no symbol file. What cannot be written is not kept, and nobody is told. */
  async put(key: string, form: ConvertedForm['form'] | null): Promise<void> {
    if (!(await this.#isUsable())) return;
    const path = this.#pathOf(key);
    const fresh = `${path}.${randomUUID()}`;
    try {
      await writeFile(fresh, form === null ? NOT_SYMBOLS : form, { mode: 0o600, flag: 'wx' });
      await rename(fresh, path);
      await this.#shrink();
    } catch {
      await rm(fresh, { force: true }).catch(() => undefined);
    }
  }

  #pathOf(key: string): string {
    return join(this.#folder, key);
  }

  #isUsable(): Promise<boolean> {
    this.#usable ??= isOwnFolder(this.#folder);
    return this.#usable;
  }

  async #shrink(): Promise<void> {
    const files = await Promise.all(
      (await readdir(this.#folder)).map(async (name) => {
        const path = join(this.#folder, name);
        const found = await stat(path).catch(() => null);
        return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
      }),
    );
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
      if (bytes <= CACHE_BYTES_MAX) return;
      await rm(path, { force: true });
      bytes -= size;
    }
  }
}

/** `$XDG_CACHE_HOME/crashkeep/symbols`, by default under `~/.cache`. */
export function formCacheFolder(environment: NodeJS.ProcessEnv): string {
  const caches = environment['XDG_CACHE_HOME'];
  return join(caches?.startsWith('/') === true ? caches : join(homedir(), '.cache'), 'crashkeep/symbols');
}

/** Throws where it is no form of today. Null for the mark of what is no symbol file. */
async function openForm(key: string, file: LocalFile): Promise<ConvertedFile | null> {
  const head = await file.read(0, Math.min(HEADER_BYTES, file.size));
  if (file.size === NOT_SYMBOLS.length && NOT_SYMBOLS.equals(head)) return null;
  const { identity } = openSymbolForm({
    size: file.size,
    read: (offset, length) => head.subarray(offset, offset + length),
    prefetch: () => undefined,
  });
  return { source: { key, size: file.size, read: (offset, length) => file.read(offset, length) }, identity };
}

async function isOwnFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}
