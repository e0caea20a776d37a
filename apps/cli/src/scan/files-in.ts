import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the paths given, folders with all that is in them, in order. Links inside a folder are not followed. */
export function* filesIn(paths: readonly string[]): Generator<string, void, undefined> {
  for (const path of paths) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) yield* filesOfFolder(path);
    else yield path;
  }
}

function* filesOfFolder(folder: string): Generator<string, void, undefined> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOfFolder(path);
    else if (entry.isFile()) yield path;
  }
}
