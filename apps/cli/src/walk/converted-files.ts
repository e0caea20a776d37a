import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { AsyncRangeSource, ConvertedForm, SymbolSource, WalkRunner } from '@crashkeep/walk';
import { LocalFile } from './local-file.js';

const unzip = promisify(gunzip);

/** Bytes that one zipped symbol file may unfold to. */
const UNZIPPED_MAX = 2 * 1024 * 1024 * 1024 - 1;
const FORM_BYTES_MAX = 512 * 1024 * 1024;

export interface ConvertedFile {
  readonly source: SymbolSource;
  readonly identity: ConvertedForm['identity'];
}

/** Symbol files by path, each converted once a run, in a child; `.gz` is unfolded first. */
export class ConvertedFiles {
  readonly #runner: WalkRunner;
  readonly #files = new Map<string, Promise<ConvertedFile | null>>();

  constructor(runner: WalkRunner) {
    this.#runner = runner;
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

  async #convertSource(key: string, source: AsyncRangeSource): Promise<ConvertedFile> {
    const { form, identity } = await this.#runner.convert({ source, project: 'own', formBytesMax: FORM_BYTES_MAX });
    return { source: { key, ...inMemory(Buffer.concat(form)) }, identity };
  }
}

function inMemory(bytes: Buffer): AsyncRangeSource {
  const read = (offset: number, length: number): Promise<Uint8Array> =>
    Promise.resolve(bytes.subarray(offset, offset + length));
  return { size: bytes.length, read };
}
