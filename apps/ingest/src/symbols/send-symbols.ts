import type { ServerResponse } from 'node:http';
import type { ObjectStore } from '@crashkeep/strict-store';
import { feed } from '../body/feed.js';
import type { FoundSymbols } from './symbol-serving.js';

const PIECE_BYTES = 1024 * 1024;

/** Sends a stored file at the client's pace; of a HEAD, what would come. A store that fails on the way cuts the connection. */
export async function sendSymbols(response: ServerResponse, objects: ObjectStore, file: FoundSymbols): Promise<void> {
  response.statusCode = 200;
  response.setHeader('content-type', file.type);
  response.setHeader('content-length', file.bytes);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  if (response.req.method === 'HEAD') response.end();
  else await feed(piecesOf(objects, file), response);
}

async function* piecesOf(objects: ObjectStore, { key, bytes }: FoundSymbols): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PIECE_BYTES) yield await objects.read(key, at, Math.min(PIECE_BYTES, bytes - at));
}
