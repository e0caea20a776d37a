import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore, SymbolFileRow } from '@crashkeep/strict-store';
import { type AsyncRangeSource, type DumpSyms, WalkError } from '@crashkeep/walk';

const PIECE_BYTES = 4 * 1024 * 1024;
const HEAD_BYTES = 1024;

/**
 * The Breakpad text that dump_syms makes of a PDB or a Mach-O file, given to `use`; of a file of several architectures the one that the
 * row is of. Symbols are no dump data: the tool wants files, so they lie in a folder of their own that goes afterwards. Throws
 * `walk.not-symbols`, `walk.symbols-too-large`, `walk.timeout`, and what the store and `use` throw.
 */
export async function dumpForeign<T>(
  objects: ObjectStore,
  file: SymbolFileRow,
  tool: DumpSyms,
  use: (text: AsyncRangeSource) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'crashkeep-symbols-'));
  try {
    const input = join(folder, file.kind === 'pdb' ? 'module.pdb' : 'module');
    await copyTo(objects, file, input);
    const architectures = file.kind === 'pdb' ? [null] : await tool.architectures(input);
    for (const [i, architecture] of architectures.entries()) {
      const output = join(folder, `${String(i)}.sym`);
      await tool.dump(input, output, architecture);
      const handle = await open(output);
      try {
        if (await isOf(handle, file.debugId))
          return await use({ size: (await handle.stat()).size, read: reading(handle) });
      } finally {
        await handle.close();
      }
    }
    throw new WalkError('walk.not-symbols');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Checked on the way: what lies there must be what came. */
async function copyTo(objects: ObjectStore, file: SymbolFileRow, path: string): Promise<void> {
  const hash = createHash('sha256');
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < file.bytes; at += PIECE_BYTES) {
      const piece = await objects.read(file.objectKey, at, Math.min(PIECE_BYTES, file.bytes - at));
      hash.update(piece);
      yield piece;
    }
  }
  await pipeline(pieces, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  if (hash.digest('hex') !== file.sha256) throw new WalkError('walk.not-symbols');
}

async function isOf(handle: FileHandle, debugId: string): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('latin1', 0, bytesRead).split(' ', 4)[3]?.toUpperCase() === debugId;
}

function reading(handle: FileHandle): AsyncRangeSource['read'] {
  return async (offset, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    if (bytesRead !== length) throw new WalkError('walk.not-symbols');
    return buffer;
  };
}
