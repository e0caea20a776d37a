import { createHash, randomUUID } from 'node:crypto';
import type { VerifiedToken } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import { findSymbolFile, insertSymbolFile, objectKey } from '@crashkeep/strict-store';
import type { ByteStream } from '../body/byte-budget.js';
import { peek } from '../body/peek.js';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { MODULE_RECORD_BYTES, type SymbolName, isImage, moduleRecord } from './symbol-name.js';

/** `stored`: false where the same bytes were there already. */
export interface StoredSymbols {
  readonly id: string;
  readonly stored: boolean;
}

/**
 * Stores one symbol file, Breakpad text or an image, for the token's project. The first upload of a debug id wins, for whoever could replace
 * it could rename the functions of traces to come; the same bytes again are welcome and change nothing.
 * `name`: what the request calls it; null where only the file's own MODULE record says.
 */
export async function takeSymbols(
  intake: Intake,
  holder: VerifiedToken,
  text: ByteStream,
  name: SymbolName | null,
): Promise<StoredSymbols> {
  const { head, whole } = await peek(text, MODULE_RECORD_BYTES);
  const known = { project: holder.project, ...nameOf(head, name) };
  const there = await findSymbolFile(intake.store.rows, known);
  if (there) return sameOrRefused(there, await hashOf(whole));
  return storeFirst(intake, holder, known, whole);
}

function nameOf(head: Buffer, name: SymbolName | null): SymbolName {
  const record = moduleRecord(head);
  if (name && isImage(head)) return name;
  if (!record) throw new IngestError('symbols.malformed');
  if (name && name.debugId !== record.debugId) throw new IngestError('symbols.wrong-debug-id');
  return name ?? record;
}

async function storeFirst(
  intake: Intake,
  holder: VerifiedToken,
  known: SymbolName & { readonly project: VerifiedToken['project'] },
  text: ByteStream,
): Promise<StoredSymbols> {
  const { symbols, store, queue, log } = intake;
  const id = randomUUID();
  const key = objectKey(id, 'sym');
  const hash = createHash('sha256');
  const { bytes } = await symbols.put(key, hashed(text, hash));
  const sha256 = hash.digest('hex');
  const { project, debugFile, debugId } = known;
  // Should this fail, the object stays: whether it was committed may be unknown, and an orphan is the sweeper's.
  const inserted = await store.transaction(async (rows) => {
    const row = { ...{ id, project, debugFile, debugId, sha256, bytes, objectKey: key }, tokenId: holder.tokenId };
    if (!(await insertSymbolFile(rows, { ...row, codeFile: null, codeId: null }))) return false;
    const leaf = { act: 'symbols.received', symbols: id, project, debugFile, debugId, sha256, bytes } as const;
    await appendLeaf(rows, 'ingest', { ...leaf, token: holder.tokenId });
    return true;
  });
  if (!inserted) {
    await symbols.delete(key);
    const there = await findSymbolFile(store.rows, known);
    if (!there) throw new IngestError('ingest.store-away');
    return sameOrRefused(there, sha256);
  }
  log.info('symbols.received', { symbols: id, project });
  queue.announceSymbols(id);
  return { id, stored: true };
}

function sameOrRefused(there: { readonly id: string; readonly sha256: string }, sha256: string): StoredSymbols {
  if (there.sha256 !== sha256) throw new IngestError('symbols.already-there');
  return { id: there.id, stored: false };
}

async function hashOf(text: ByteStream): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of text) hash.update(piece);
  return hash.digest('hex');
}

async function* hashed(text: ByteStream, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) {
    hash.update(piece);
    yield piece;
  }
}
