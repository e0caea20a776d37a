import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ModuleKey } from '@crashkeep/walk';
import { isFileName } from './breakpad-places.js';

/** A folder of more is no folder of symbols. */
const FILES_MAX = 500_000;

/** Paths of files that may be a module's. */
export interface Candidates {
  readonly debugFiles: readonly string[];
  readonly images: readonly string[];
}

/** The files under some folders by name, to find images and debug files by the module's name or build id. */
export class ImageIndex {
  readonly #folders: readonly string[];
  #paths: Promise<ReadonlyMap<string, readonly string[]>> | null = null;

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /**
   * Files that may be the module's: NAME.debug, NAME, and by build id BUILDID(.debug), .build-id/xx/yy….debug and debuginfod's
   * BUILDID/debuginfo and /executable. Each may be gzipped. Whether one is, only its own id says.
   */
  async candidates({ codeFile, debugFile, codeId }: ModuleKey): Promise<Candidates> {
    this.#paths ??= indexOf(this.#folders);
    const paths = await this.#paths;
    const names = [...new Set([codeFile, debugFile].filter(isFileName))];
    const id = codeId?.toLowerCase() ?? '';
    const ids = id.length > 2 ? [id, id.slice(2)] : [];
    const pathsOf = (wanted: readonly string[]): string[] =>
      wanted.flatMap((name) => paths.get(name.toLowerCase()) ?? []);
    return {
      debugFiles: pathsOf([
        ...[...names, ...ids].map((name) => `${name}.debug`),
        ...(id === '' ? [] : [`${id}/debuginfo`]),
      ]),
      images: pathsOf([...names, ...ids, ...(id === '' ? [] : [`${id}/executable`])]),
    };
  }
}

async function indexOf(folders: readonly string[]): Promise<Map<string, string[]>> {
  const paths = new Map<string, string[]>();
  let count = 0;
  for (const folder of folders) {
    for (const entry of await entriesUnder(folder)) {
      if (!entry.isFile() || /\.sym(\.gz)?$/i.test(entry.name) || ++count > FILES_MAX) continue;
      const name = entry.name.replace(/\.gz$/i, '').toLowerCase();
      const isById = name === 'debuginfo' || name === 'executable';
      const key = isById ? `${basename(entry.parentPath).toLowerCase()}/${name}` : name;
      paths.set(key, [...(paths.get(key) ?? []), join(entry.parentPath, entry.name)]);
    }
  }
  return paths;
}

function entriesUnder(folder: string): Promise<Dirent[]> {
  return readdir(folder, { recursive: true, withFileTypes: true });
}
