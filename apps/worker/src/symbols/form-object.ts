import { createHash } from 'node:crypto';
import { type ObjectStore, ObjectStoreError, objectKey } from '@crashkeep/strict-store';
import type { SymbolSource } from '@crashkeep/walk';

/**
 * A form in the object store: its bytes, then the SHA-256 of each block of 64 KiB. The hash of that list stands in the object's
 * key, and so in the row: a store that is broken into can take a form away, but not change a byte of one (DESIGN.md 11).
 */
export const FORM_BLOCK_BYTES = 64 * 1024;
const HASH_BYTES = 32;
/** 192 bits of the list's hash: a key's segment has no room for more. */
const ROOT_DIGITS = 48;
const ROOT = /\.form-([0-9a-f]{48})$/;

/** Another form than the row names. `cause` of a walk that failed by it. */
export class DamagedForm extends Error {
  override readonly name = 'DamagedForm';
  constructor(readonly key: string) {
    super('symbols.form-damaged');
  }
}

/** Stores a form; resolves to its key, which names its content: what has been read under it stays true. */
export async function storeForm(objects: ObjectStore, ownerId: string, form: readonly Uint8Array[]): Promise<string> {
  const hashes = blockHashes(form);
  const key = objectKey(ownerId, `form-${rootOf(hashes)}`);
  await objects.put(key, piecesOf([...form, hashes]));
  return key;
}

/** Null where the object has gone, is of another shape, or its list is not the one that the key names. */
export async function openForm(objects: ObjectStore, key: string): Promise<SymbolSource | null> {
  const stored = await objects.size(key);
  const blocks = Math.ceil((stored ?? 0) / (FORM_BLOCK_BYTES + HASH_BYTES));
  const size = (stored ?? 0) - blocks * HASH_BYTES;
  if (size <= 0 || Math.ceil(size / FORM_BLOCK_BYTES) !== blocks) return null;
  const hashes = await objects.read(key, size, blocks * HASH_BYTES);
  if (ROOT.exec(key)?.[1] !== rootOf(hashes)) return null;
  return { key, size, read: (offset, length) => readChecked(objects, { key, size, hashes }, offset, length) };
}

interface FormObject {
  readonly key: string;
  readonly size: number;
  readonly hashes: Uint8Array;
}

/** Whole blocks are read and checked, whatever part of them is asked for. */
async function readChecked(
  objects: ObjectStore,
  { key, size, hashes }: FormObject,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  if (offset < 0 || length < 0 || offset + length > size) throw new ObjectStoreError('object.out-of-range');
  const from = offset - (offset % FORM_BLOCK_BYTES);
  const to = Math.min(size, Math.ceil((offset + length) / FORM_BLOCK_BYTES) * FORM_BLOCK_BYTES);
  const bytes = await objects.read(key, from, to - from);
  for (let at = 0; at < bytes.length; at += FORM_BLOCK_BYTES) {
    const listed = ((from + at) / FORM_BLOCK_BYTES) * HASH_BYTES;
    const hash = createHash('sha256')
      .update(bytes.subarray(at, at + FORM_BLOCK_BYTES))
      .digest();
    if (!hash.equals(hashes.subarray(listed, listed + HASH_BYTES))) throw new DamagedForm(key);
  }
  return bytes.subarray(offset - from, offset - from + length);
}

function blockHashes(form: readonly Uint8Array[]): Buffer {
  const hashes: Buffer[] = [];
  let hash = createHash('sha256');
  let filled = 0;
  for (const piece of form) {
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(FORM_BLOCK_BYTES - filled, piece.length - at);
      hash.update(piece.subarray(at, at + taken));
      at += taken;
      filled += taken;
      if (filled < FORM_BLOCK_BYTES) continue;
      hashes.push(hash.digest());
      hash = createHash('sha256');
      filled = 0;
    }
  }
  if (filled > 0) hashes.push(hash.digest());
  return Buffer.concat(hashes);
}

function rootOf(hashes: Uint8Array): string {
  return createHash('sha256').update(hashes).digest('hex').slice(0, ROOT_DIGITS);
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
  await Promise.resolve();
}
