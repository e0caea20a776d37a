import { join } from 'node:path';
import type { ModuleKey } from '@crashkeep/walk';

/**
 * Where Breakpad's layout has a module's symbols, relative to a folder, best first: DEBUG_FILE/DEBUG_ID/NAME.sym, or the same by
 * code file and id. A name out of a dump that could lead elsewhere is no place.
 */
export function breakpadPlaces({ debugFile, debugId, codeFile, codeId }: ModuleKey): string[] {
  const places: string[] = [];
  if (isFileName(debugFile) && debugId !== null) {
    places.push(join(debugFile, debugId, `${debugFile.replace(/\.pdb$/i, '')}.sym`));
  }
  if (isFileName(codeFile) && codeId !== null) {
    places.push(join(codeFile, codeId.toUpperCase(), `${codeFile.replace(/\.(dll|exe)$/i, '')}.sym`));
  }
  return places.flatMap((place) => [place, `${place}.gz`]);
}

export function isFileName(name: string | null): name is string {
  return name !== null && name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
}
