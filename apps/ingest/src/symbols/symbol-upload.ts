import { createHash, randomUUID } from 'node:crypto';
import type { VerifiedToken } from '@crashkeep/identity';
import { appendLeaf } from '@crashkeep/ledger';
import {
  type SymbolFileRow,
  type SymbolKind,
  findSymbolFiles,
  insertSymbolFile,
  objectKey,
} from '@crashkeep/strict-store';
import type { ByteStream } from '../body/byte-budget.js';
import { peek } from '../body/peek.js';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { MODULE_RECORD_BYTES, codeIdRecord, moduleRecord } from './module-record.js';
import { fileOfKind } from './stored-kinds.js';
import { storedKind, symbolFamily } from './symbol-family.js';
import { type SymbolName, isByCodeId } from './symbol-name.js';

/** `stored`: false where the same bytes were there already. */
export interface StoredSymbols {
  readonly id: string;
  readonly stored: boolean;
}

type Named = SymbolName & { readonly project: VerifiedToken['project'] };

/**
 * Stores one symbol file, Breakpad text or an image, for the token's project. Of each kind the first upload of a debug id wins, for
 * whoever could replace it could rename the functions of traces to come; the same bytes again are welcome and change nothing.
 * `name`: what the request calls it; null where only the file's own MODULE record says.
 */
export async function takeSymbols(
  intake: Intake,
  holder: VerifiedToken,
  content: ByteStream,
  name: SymbolName | null,
): Promise<StoredSymbols> {
  const { head, whole } = await peek(content, MODULE_RECORD_BYTES);
  const family = symbolFamily(head);
  if (family === null) throw new IngestError('symbols.malformed');
  const known = { project: holder.project, ...(family === 'breakpad' ? nameOfText(head, name) : nameOfImage(name)) };
  // Which kind of ELF file it is, is known only once it is there.
  const there = family === 'elf' ? null : await findOfKind(intake, known, family);
  if (there) return sameOrRefused(there, await hashOf(whole));
  return storeFirst(intake, holder, known, whole);
}

function nameOfImage(name: SymbolName | null): SymbolName {
  if (!name) throw new IngestError('symbols.malformed');
  return name;
}

function nameOfText(head: Buffer, name: SymbolName | null): SymbolName {
  const record = moduleRecord(head);
  if (!record) throw new IngestError('symbols.malformed');
  const code = codeIdRecord(head);
  if (name && isByCodeId(name)) {
    if (code?.codeId !== name.debugId) throw new IngestError('symbols.wrong-debug-id');
    return name;
  }
  if (name && name.debugId !== record.debugId) throw new IngestError('symbols.wrong-debug-id');
  return { ...(name ?? record), codeFile: code?.codeFile ?? null };
}

async function findOfKind({ store, symbols }: Intake, name: Named, kind: SymbolKind): Promise<SymbolFileRow | null> {
  return fileOfKind(symbols, await findSymbolFiles(store.rows, name), [kind]);
}

async function storeFirst(
  intake: Intake,
  holder: VerifiedToken,
  known: Named,
  content: ByteStream,
): Promise<StoredSymbols> {
  const { symbols } = intake;
  const id = randomUUID();
  const key = objectKey(id, 'sym');
  const hash = createHash('sha256');
  const { bytes } = await symbols.put(key, hashed(content, hash));
  const sha256 = hash.digest('hex');
  const kind = await storedKind(symbols, key, bytes);
  if (kind === null) throw new IngestError('symbols.malformed');
  const there = await findOfKind(intake, known, kind);
  // Should this fail, the object stays: whether it was committed may be unknown, and an orphan is the sweeper's.
  if (!there && (await record(intake, holder, { id, kind, ...known, sha256, bytes, objectKey: key }))) {
    return { id, stored: true };
  }
  await symbols.delete(key);
  const first = there ?? (await findOfKind(intake, known, kind));
  if (!first) throw new IngestError('ingest.store-away');
  return sameOrRefused(first, sha256);
}

/** Row and leaf together. False: another upload of that kind came first. */
async function record(
  { store, queue, log }: Intake,
  { tokenId }: VerifiedToken,
  file: Named & Pick<SymbolFileRow, 'id' | 'kind' | 'sha256' | 'bytes' | 'objectKey'>,
): Promise<boolean> {
  const { id, project, kind, debugFile, debugId, sha256, bytes } = file;
  const inserted = await store.transaction(async (rows) => {
    if (!(await insertSymbolFile(rows, { ...file, tokenId }))) return false;
    const leaf = { act: 'symbols.received', symbols: id, project, kind, debugFile, debugId, sha256, bytes } as const;
    await appendLeaf(rows, 'ingest', { ...leaf, token: tokenId });
    return true;
  });
  if (!inserted) return false;
  log.info('symbols.received', { symbols: id, project, kind });
  queue.announceSymbols(id);
  return true;
}

function sameOrRefused(there: { readonly id: string; readonly sha256: string }, sha256: string): StoredSymbols {
  if (there.sha256 !== sha256) throw new IngestError('symbols.already-there');
  return { id: there.id, stored: false };
}

async function hashOf(content: ByteStream): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of content) hash.update(piece);
  return hash.digest('hex');
}

async function* hashed(content: ByteStream, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}
