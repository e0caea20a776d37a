import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { AsyncRangeSource, ModuleKey, SymbolSource, WalkRunner } from '@crashkeep/walk';

const unzip = promisify(gunzip);

/** Bytes of text that one symbol file may unfold to. */
const TEXT_BYTES_MAX = 2 * 1024 * 1024 * 1024 - 1;
const FORM_BYTES_MAX = 512 * 1024 * 1024;

/** Folders in Breakpad's layout: DEBUG_FILE/DEBUG_ID/NAME.sym, or the same by code file and id; each may be gzipped. */
export class SymbolFolders {
  readonly #folders: readonly string[];
  readonly #runner: WalkRunner;
  readonly #found = new Map<string, Promise<SymbolSource | null>>();

  constructor(folders: readonly string[], runner: WalkRunner) {
    this.#folders = folders;
    this.#runner = runner;
  }

  /** In the order of `modules`. One after the other: a conversion has a child of its own. */
  async find(modules: readonly ModuleKey[]): Promise<(SymbolSource | null)[]> {
    const sources: (SymbolSource | null)[] = [];
    for (const module of modules) sources.push(await this.#findOne(module));
    return sources;
  }

  async #findOne(module: ModuleKey): Promise<SymbolSource | null> {
    for (const place of placesOf(module)) {
      for (const folder of this.#folders) {
        const found = await this.#open(join(folder, place));
        if (found !== null) return found;
      }
    }
    return null;
  }

  #open(path: string): Promise<SymbolSource | null> {
    let source = this.#found.get(path);
    source ??= this.#convert(path);
    this.#found.set(path, source);
    return source;
  }

  async #convert(path: string): Promise<SymbolSource | null> {
    const text = await readText(path);
    if (text === null) return null;
    try {
      const job = { source: inMemory(text), project: 'own', formBytesMax: FORM_BYTES_MAX };
      const { form } = await this.#runner.convert(job);
      return { key: path, ...inMemory(Buffer.concat(form)) };
    } catch {
      // A symbol file that is none names nothing; the dump is walked all the same.
      return null;
    }
  }
}

/** Relative to a folder, best first. A name out of a dump that could lead elsewhere is no place. */
function placesOf({ debugFile, debugId, codeFile, codeId }: ModuleKey): string[] {
  const places: string[] = [];
  if (isName(debugFile) && debugId !== null) {
    places.push(join(debugFile, debugId, `${debugFile.replace(/\.pdb$/i, '')}.sym`));
  }
  if (isName(codeFile) && codeId !== null) {
    places.push(join(codeFile, codeId.toUpperCase(), `${codeFile.replace(/\.(dll|exe)$/i, '')}.sym`));
  }
  return places;
}

function isName(name: string | null): name is string {
  return name !== null && name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
}

async function readText(path: string): Promise<Buffer | null> {
  const plain = await readFile(path).catch(() => null);
  if (plain !== null) return plain;
  const zipped = await readFile(`${path}.gz`).catch(() => null);
  return zipped === null ? null : unzip(zipped, { maxOutputLength: TEXT_BYTES_MAX }).catch(() => null);
}

function inMemory(bytes: Buffer): AsyncRangeSource {
  const read = (offset: number, length: number): Promise<Uint8Array> =>
    Promise.resolve(bytes.subarray(offset, offset + length));
  return { size: bytes.length, read };
}
