import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type ObjectStore, ObjectStoreError } from '@crashkeep/strict-store';
import { feed } from '../body/feed.js';
import type { FoundSymbols } from './symbol-serving.js';

const PIECE_BYTES = 1024 * 1024;

/**
 * Sends a stored file at the client's pace; of a HEAD, what would come. A store that fails on the way, or gives other bytes than
 * were uploaded, cuts the connection before the end.
 */
export async function sendSymbols(response: ServerResponse, objects: ObjectStore, file: FoundSymbols): Promise<void> {
  response.statusCode = 200;
  response.setHeader('content-type', file.type);
  response.setHeader('content-length', file.bytes);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (response.req.method === 'HEAD') response.end();
  else await feed(piecesOf(objects, file), response);
}

/** The last piece goes only once the whole is what was uploaded. */
async function* piecesOf(objects: ObjectStore, { key, bytes, sha256 }: FoundSymbols): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes; at += PIECE_BYTES) {
    const piece = await objects.read(key, at, Math.min(PIECE_BYTES, bytes - at));
    hash.update(piece);
    if (at + PIECE_BYTES >= bytes && hash.digest('hex') !== sha256) throw new ObjectStoreError('object.store-away');
    yield piece;
  }
}
