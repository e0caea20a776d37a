import type { ObjectStore, SymbolFileRow, SymbolKind } from '@crashkeep/strict-store';
import { storedKind } from './symbol-family.js';

/** The first file that is of the first of these kinds, else of the next one. Rows from before kinds were told apart are looked at. */
export async function fileOfKind(
  objects: ObjectStore,
  files: readonly SymbolFileRow[],
  kinds: readonly SymbolKind[],
): Promise<SymbolFileRow | null> {
  const known = await Promise.all(
    files.map(async (file) => ({
      file,
      kind: file.kind === 'unsorted' ? await storedKind(objects, file.objectKey, file.bytes) : file.kind,
    })),
  );
  for (const wanted of kinds) {
    const found = known.find(({ kind }) => kind === wanted);
    if (found !== undefined) return found.file;
  }
  return null;
}
