import type { VerifiedToken } from '@crashkeep/identity';
import { type ObjectStore, objectKey } from '@crashkeep/strict-store';
import type { ByteStream } from '../body/byte-budget.js';
import { peek } from '../body/peek.js';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { MODULE_RECORD_BYTES } from './module-record.js';
import { symbolFamily } from './symbol-family.js';
import type { SymbolName } from './symbol-name.js';
import { type StoredSymbols, takeSymbols } from './symbol-upload.js';

const PIECE_BYTES = 1024 * 1024;
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Takes what is PUT before it is named: a text is stored at once, an image lies aside under the upload's key until it is. One that
 * is never named has no row, and the sweeper takes it. Gives what the client is answered.
 */
export async function keepUnnamed(
  intake: Intake,
  holder: VerifiedToken,
  uploadKey: string,
  content: ByteStream,
): Promise<string> {
  const { head, whole } = await peek(content, MODULE_RECORD_BYTES);
  const family = symbolFamily(head);
  if (family === 'breakpad') return (await takeSymbols(intake, holder, whole, null)).id;
  if (family === null || !KEY.test(uploadKey)) throw new IngestError('symbols.malformed');
  await intake.symbols.put(asideKey(holder, uploadKey), whole);
  return uploadKey;
}

/** Stores the image that lies aside under its name; null where none does. */
export async function takeUnnamed(
  intake: Intake,
  holder: VerifiedToken,
  uploadKey: string,
  name: SymbolName,
): Promise<StoredSymbols | null> {
  if (!KEY.test(uploadKey)) return null;
  const key = asideKey(holder, uploadKey);
  const bytes = await intake.symbols.size(key);
  if (bytes === null) return null;
  const taken = await takeSymbols(intake, holder, piecesOf(intake.symbols, key, bytes), name);
  await intake.symbols.delete(key);
  return taken;
}

/** A project cannot name what another has put aside. */
function asideKey({ project }: VerifiedToken, uploadKey: string): string {
  return objectKey(uploadKey, `aside-${project}`);
}

async function* piecesOf(objects: ObjectStore, key: string, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PIECE_BYTES) yield await objects.read(key, at, Math.min(PIECE_BYTES, bytes - at));
}
