import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ZstdError, unzstd } from './unzstd.js';

/** Made by the zstd tool, level 19: 7 bytes and 300,000 times the byte 4. */
const PACKED = Buffer.from('KLUv/QRohAAAQH9FTEYCAQEEAQD1/zngAgIAEAQ7nwQES4Z+4A==', 'base64');
const PLAIN = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(300_000, 4)]);

async function unpacked(bytes: Buffer, pieceBytes = 7): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
  }
  const found: Buffer[] = [];
  for await (const piece of unzstd(pieces())) found.push(Buffer.from(piece));
  return Buffer.concat(found);
}

test('unpacks what the zstd tool packed, in pieces of any size', async () => {
  for (const size of [4, 7, 16, 1000]) expect((await unpacked(PACKED, size)).equals(PLAIN)).toBe(true);
});

test('what is cut off, or no Zstandard stream, is damaged', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MDMP and more'), PACKED.subarray(0, -9), PACKED.subarray(0, 12)])
    await expect(unpacked(bytes)).rejects.toThrow(ZstdError);
});

test('whatever it is given, it throws nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (tail) => {
      await unpacked(Buffer.concat([PACKED.subarray(0, 4), tail])).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ZstdError);
      });
    }),
    { numRuns: 100 },
  );
});
