import { join } from 'node:path';
import type { ModuleKey, ModuleSymbols, SymbolSource, WalkRunner } from '@crashkeep/walk';
import { breakpadPlaces } from './breakpad-places.js';
import type { ConvertedFile } from './converted-file.js';
import { ConvertedFiles } from './converted-files.js';
import type { FormCache } from './form-cache.js';
import { ImageIndex } from './image-index.js';

/** Finds a module's symbols in folders: in Breakpad's layout, and images and debug files by build id or name. */
export class SymbolFolders {
  readonly #folders: readonly string[];
  readonly #files: ConvertedFiles;
  readonly #images: ImageIndex;
  /** By name and id: dumps of one program have mostly the same modules. */
  readonly #known = new Map<string, Promise<ModuleSymbols>>();

  constructor(folders: readonly string[], runner: WalkRunner, cache: FormCache | null) {
    this.#folders = folders;
    this.#files = new ConvertedFiles(runner, cache);
    this.#images = new ImageIndex(folders);
  }

  /** In the order of `modules`. One after the other: a conversion has a child of its own. */
  async find(modules: readonly ModuleKey[]): Promise<ModuleSymbols[]> {
    const found: ModuleSymbols[] = [];
    for (const module of modules) found.push(await this.#findKnown(module));
    return found;
  }

  #findKnown(module: ModuleKey): Promise<ModuleSymbols> {
    const key = [module.codeFile, module.codeId, module.debugFile, module.debugId].join('\0');
    const found = this.#known.get(key) ?? this.#findOne(module);
    this.#known.set(key, found);
    return found;
  }

  /** A debug file knows most; a .sym names more than an image does, whose own unwind data comes in where the .sym has none. */
  async #findOne(module: ModuleKey): Promise<ModuleSymbols> {
    const { debugFiles, images } = await this.#images.candidates(module);
    const sources = await this.#openImages(debugFiles, module);
    const text = await this.#openText(module);
    if (text !== null) sources.push(text);
    return [...new Set([...sources, ...(await this.#openImages(images, module))])];
  }

  async #openText(module: ModuleKey): Promise<SymbolSource | null> {
    for (const place of breakpadPlaces(module)) {
      for (const folder of this.#folders) {
        const file = await this.#files.open(join(folder, place));
        if (file !== null) return file.source;
      }
    }
    return null;
  }

  async #openImages(paths: readonly string[], module: ModuleKey): Promise<SymbolSource[]> {
    const sources: SymbolSource[] = [];
    for (const path of paths) {
      const file = await this.#files.open(path);
      if (file !== null && isOf(file, module)) sources.push(file.source);
    }
    return sources;
  }
}

/** By the id that both tell; a dump that does not tell a module's id is believed its name. */
function isOf({ identity }: ConvertedFile, { codeId, debugId }: ModuleKey): boolean {
  if (codeId !== null && identity.codeId !== null) return codeId.toLowerCase() === identity.codeId.toLowerCase();
  return debugId === null ? codeId === null : debugId.toUpperCase() === identity.debugId.toUpperCase();
}
