import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type AsyncRangeSource, WalkError, type WalkRunner } from '@crashkeep/walk';
import type { ConvertedFile } from './converted-file.js';
import { FormCache } from './form-cache.js';
import { LocalFile } from './local-file.js';

const unzip = promisify(gunzip);

/** Bytes that one zipped symbol file may unfold to. */
const UNZIPPED_MAX = 2 * 1024 * 1024 * 1024 - 1;
const FORM_BYTES_MAX = 512 * 1024 * 1024;

/** Symbol files by path, each converted once, in a child: once a run, or once for all that share a cache. `.gz` is unfolded first. */
export class ConvertedFiles {
  readonly #runner: WalkRunner;
  readonly #cache: FormCache | null;
  readonly #files = new Map<string, Promise<ConvertedFile | null>>();

  constructor(runner: WalkRunner, cache: FormCache | null) {
    this.#runner = runner;
    this.#cache = cache;
  }

  /** Null where there is no such file, or it is no symbol file: it names nothing, and the dump is walked all the same. */
  open(path: string): Promise<ConvertedFile | null> {
    let file = this.#files.get(path);
    file ??= this.#convert(path).catch(() => null);
    this.#files.set(path, file);
    return file;
  }

  async #convert(path: string): Promise<ConvertedFile | null> {
    if (path.endsWith('.gz')) {
      return this.#convertSource(path, inMemory(await unzip(await readFile(path), { maxOutputLength: UNZIPPED_MAX })));
    }
    const file = await LocalFile.open(path);
    try {
      return await this.#convertSource(path, file);
    } finally {
      await file.close();
    }
  }

  async #convertSource(path: string, source: AsyncRangeSource): Promise<ConvertedFile | null> {
    if (this.#cache === null) return this.#convertNow(path, source);
    const key = await FormCache.keyOf(source);
    const known = await this.#cache.get(key);
    if (known !== undefined) return known;
    try {
      return await this.#convertNow(path, source, key);
    } catch (error) {
      if (error instanceof WalkError && error.code === 'walk.not-symbols') await this.#cache.put(key, null);
      throw error;
    }
  }

  async #convertNow(path: string, source: AsyncRangeSource, key: string | null = null): Promise<ConvertedFile> {
    const { form, identity } = await this.#runner.convert({ source, project: 'own', formBytesMax: FORM_BYTES_MAX });
    if (key !== null) await this.#cache?.put(key, form);
    return { source: { key: path, ...inMemory(Buffer.concat(form)) }, identity };
  }
}

function inMemory(bytes: Buffer): AsyncRangeSource {
  const read = (offset: number, length: number): Promise<Uint8Array> =>
    Promise.resolve(bytes.subarray(offset, offset + length));
  return { size: bytes.length, read };
}
