import { Decompress } from 'fzstd';

/** No Zstandard stream, a damaged one, or one that ends too early. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Unpacks while it streams: systemd keeps cores so. Throws `ZstdError`, and what the source throws. */
export async function* unzstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let isBegun = false;
  const stream = new Decompress((piece) => {
    ready.push(piece);
  });
  const push = (piece: Uint8Array, isLast: boolean): void => {
    try {
      stream.push(piece, isLast);
    } catch {
      throw new ZstdError('zstd.damaged');
    }
  };
  for await (const piece of source) {
    if (!isBegun && !Buffer.from(piece).subarray(0, 4).equals(MAGIC)) throw new ZstdError('zstd.damaged');
    isBegun = true;
    push(piece, false);
    yield* ready;
    ready = [];
  }
  push(new Uint8Array(0), true); // throws in the middle of a frame
  yield* ready;
  if (!isBegun) throw new ZstdError('zstd.damaged');
}
