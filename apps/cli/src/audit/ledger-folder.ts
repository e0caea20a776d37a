import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerObjects } from '@crashkeep/ledger';

/** A ledger's objects as files of one folder, as the object store has them or as they were copied. */
export function ledgerFolder(root: string): LedgerObjects {
  return {
    read: (path) => absentAsNull(readFile(join(root, path))),
    widthsOf: async (path) => {
      const names = (await absentAsNull(readdir(join(root, `${path}.p`)))) ?? [];
      return names.map(Number).filter((width) => Number.isInteger(width) && width > 0 && width < 256);
    },
  };
}

async function absentAsNull<T>(act: Promise<T>): Promise<T | null> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
