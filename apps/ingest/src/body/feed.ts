import type { Writable } from 'node:stream';
import type { ByteStream } from './byte-budget.js';

/**
 * Writes a stream into a Writable at the Writable's pace and ends it; destroys it with what the source throws. Not
 * `pipeline`: that would destroy the request with the parser, and with the request the socket that the answer needs.
 */
export async function feed(source: ByteStream, into: Writable): Promise<void> {
  try {
    for await (const piece of source) {
      if (into.destroyed) return;
      if (!into.write(piece)) await drained(into);
    }
    into.end();
  } catch (error) {
    into.destroy(error instanceof Error ? error : new Error('feed'));
  }
}

async function drained(into: Writable): Promise<void> {
  if (into.destroyed || !into.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      into.off('drain', go).off('close', go);
      resolve();
    };
    into.on('drain', go).on('close', go);
  });
}
