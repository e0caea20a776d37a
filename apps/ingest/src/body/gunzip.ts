import { createGunzip } from 'node:zlib';
import { MalformedError } from '../ingest-error.js';
import type { ByteStream } from './byte-budget.js';
import { feed } from './feed.js';

const PIECE_BYTES = 64 * 1024;

/** Inflates while it streams. What is no gzip, or ends too early, is `bad_gzip`; what the source throws passes through. */
export async function* gunzip(source: ByteStream): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip({ chunkSize: PIECE_BYTES });
  void feed(source, inflate);
  try {
    for await (const piece of inflate) yield piece as Uint8Array;
  } catch (error) {
    throw isZlibError(error) ? new MalformedError('bad_gzip') : error;
  } finally {
    inflate.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
