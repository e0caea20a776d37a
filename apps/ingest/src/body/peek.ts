import type { ByteStream } from './byte-budget.js';

/** The first bytes of a stream, fewer where it is shorter, and the whole of it, the first bytes included. */
export async function peek(source: ByteStream, length: number): Promise<{ head: Buffer; whole: ByteStream }> {
  const iterator = source[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  for (let bytes = 0; bytes < length;) {
    const next = await iterator.next();
    if (next.done === true) break;
    taken.push(next.value);
    bytes += next.value.length;
  }
  return { head: Buffer.concat(taken).subarray(0, length), whole: continued(taken, iterator) };
}

async function* continued(taken: Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* taken.splice(0);
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
