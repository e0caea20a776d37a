import { join } from 'node:path';
import type { ModuleKey, ModuleSymbols, SymbolSource, WalkRunner } from '@crashkeep/walk';
import { breakpadPlaces } from './breakpad-places.js';
import { type ConvertedFile, ConvertedFiles } from './converted-files.js';
import { ImageIndex } from './image-index.js';

/** Finds a module's symbols in folders: in Breakpad's layout, and images and debug files by build id or name. */
export class SymbolFolders {
  readonly #folders: readonly string[];
  readonly #files: ConvertedFiles;
  readonly #images: ImageIndex;

  constructor(folders: readonly string[], runner: WalkRunner) {
    this.#folders = folders;
    this.#files = new ConvertedFiles(runner);
    this.#images = new ImageIndex(folders);
  }

  /** In the order of `modules`. One after the other: a conversion has a child of its own. */
  async find(modules: readonly ModuleKey[]): Promise<ModuleSymbols[]> {
    const found: ModuleSymbols[] = [];
    for (const module of modules) found.push(await this.#findOne(module));
    return found;
  }

  async #findOne(module: ModuleKey): Promise<ModuleSymbols> {
    const sources: SymbolSource[] = [];
    for (const place of breakpadPlaces(module)) {
      for (const folder of sources.length > 0 ? [] : this.#folders) {
        const file = await this.#files.open(join(folder, place));
        if (file !== null && sources.length === 0) sources.push(file.source);
      }
    }
    for (const path of await this.#images.candidates(module)) {
      const file = await this.#files.open(path);
      if (file !== null && isOf(file, module)) sources.push(file.source);
    }
    return [...new Set(sources)];
  }
}

/** By the id that both tell; a dump that does not tell a module's id is believed its name. */
function isOf({ identity }: ConvertedFile, { codeId, debugId }: ModuleKey): boolean {
  if (codeId !== null && identity.codeId !== null) return codeId.toLowerCase() === identity.codeId.toLowerCase();
  return debugId === null ? codeId === null : debugId.toUpperCase() === identity.debugId.toUpperCase();
}
