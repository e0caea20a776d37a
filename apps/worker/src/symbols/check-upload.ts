import { createHash } from 'node:crypto';
import { type ObjectStore, ObjectStoreError, type SymbolFileRow } from '@crashkeep/strict-store';
import { WalkError } from '@crashkeep/walk';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Reads an upload once to see that it is what came. Throws `walk.not-symbols`; rejects where the store is away. */
export async function checkUpload(objects: ObjectStore, file: SymbolFileRow): Promise<void> {
  const { objectKey, bytes, sha256 } = file;
  const hash = createHash('sha256');
  try {
    for (let at = 0; at < bytes; at += PIECE_BYTES)
      hash.update(await objects.read(objectKey, at, Math.min(PIECE_BYTES, bytes - at)));
  } catch (error) {
    const isAway = !(error instanceof ObjectStoreError) || error.code === 'object.store-away';
    if (isAway) throw error;
    throw new WalkError('walk.not-symbols');
  }
  if (hash.digest('hex') !== sha256) throw new WalkError('walk.not-symbols');
}
