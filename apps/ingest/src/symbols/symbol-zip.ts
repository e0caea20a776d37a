import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { VerifiedToken } from '@crashkeep/identity';
import { type ObjectStore, objectKey } from '@crashkeep/strict-store';
import { type Entry, RandomAccessReader, type ZipFile, fromRandomAccessReaderPromise } from 'yauzl';
import { ByteBudget, type ByteStream } from '../body/byte-budget.js';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import { type SymbolName, symbolNameOfPath } from './symbol-name.js';
import { takeSymbols } from './symbol-upload.js';

/** What became of a zip's members, by their paths in it. */
export interface TakenZip {
  readonly bytes: number;
  /** Stored now. */
  readonly stored: readonly string[];
  /** The same were there already. */
  readonly skipped: readonly string[];
  /** Others of that debug id were there, which stay. */
  readonly refused: readonly string[];
}

const ENTRIES_MAX = 20_000;
const PIECE_BYTES = 1024 * 1024;

/**
 * Stores the members of a zip, each as a PUT of `<debug_file>/<debug_id>/<name>` would. A zip is read from its end, so it lies in the
 * symbols' store while it is at work; one that a killed process left there has no row, and the sweeper takes it. All names are checked
 * before the first member is stored; what the members unfold to is counted together. Throws `symbols.bad-zip`, what a member's own
 * upload throws (members before it stay), `ingest.too-large` and `ingest.too-many-parts`.
 */
export async function takeSymbolZip(intake: Intake, holder: VerifiedToken, body: ByteStream): Promise<TakenZip> {
  const key = objectKey(randomUUID(), 'zip');
  const { bytes } = await intake.symbols.put(key, body);
  try {
    return await takeMembers(intake, holder, { key, bytes });
  } finally {
    await intake.symbols.delete(key);
  }
}

async function takeMembers(
  intake: Intake,
  holder: VerifiedToken,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): Promise<TakenZip> {
  const zip = await openZip(new StoredZip(intake.symbols, key), bytes);
  const members = await membersOf(zip);
  const unfolded = new ByteBudget(intake.limits.symbolBytes);
  const taken = { bytes, stored: [] as string[], skipped: [] as string[], refused: [] as string[] };
  for (const { entry, name } of members) {
    const outcome = await takeMember(intake, holder, unfolded.count(contentOf(zip, entry)), name);
    taken[outcome].push(entry.fileName);
  }
  return taken;
}

async function takeMember(
  intake: Intake,
  holder: VerifiedToken,
  content: ByteStream,
  name: SymbolName,
): Promise<'stored' | 'skipped' | 'refused'> {
  try {
    return (await takeSymbols(intake, holder, content, name)).stored ? 'stored' : 'skipped';
  } catch (error) {
    if (error instanceof IngestError && error.code === 'symbols.already-there') return 'refused';
    throw error;
  }
}

function openZip(reader: StoredZip, bytes: number): Promise<ZipFile> {
  return knownFault(fromRandomAccessReaderPromise(reader, bytes, { autoClose: false, strictFileNames: true }));
}

async function membersOf(zip: ZipFile): Promise<{ readonly entry: Entry; readonly name: SymbolName }[]> {
  if (zip.entryCount > ENTRIES_MAX) throw new IngestError('ingest.too-many-parts');
  const members = [];
  const entries = zip.eachEntry();
  for (let next = await knownFault(entries.next()); next.done !== true; next = await knownFault(entries.next())) {
    const entry = next.value;
    // Folders, and the list that Firefox's build puts beside the symbols.
    if (entry.fileName.endsWith('/') || entry.fileName.endsWith('-symbols.txt')) continue;
    const [debugFile, debugId, file, ...more] = entry.fileName.split('/');
    if (debugFile === undefined || debugId === undefined || file === undefined || more.length > 0)
      throw new IngestError('symbols.bad-zip');
    members.push({ entry, name: symbolNameOfPath(debugFile, debugId, file) });
  }
  if (members.length === 0) throw new IngestError('symbols.bad-zip');
  return members;
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) throw new IngestError('symbols.bad-zip');
  const stream = await knownFault(zip.openReadStreamPromise(entry));
  const pieces = stream.iterator() as AsyncIterator<Uint8Array>;
  try {
    for (let next = await knownFault(pieces.next()); next.done !== true; next = await knownFault(pieces.next()))
      yield next.value;
  } finally {
    stream.destroy();
  }
}

/** yauzl and zlib throw plain errors whose texts quote the zip; what the store or a limit threw stays what it was. */
async function knownFault<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isOurs = error instanceof IngestError || (error instanceof Error && error.name === 'ObjectStoreError');
    throw isOurs ? error : new IngestError('symbols.bad-zip');
  }
}

class StoredZip extends RandomAccessReader {
  readonly #objects: ObjectStore;
  readonly #key: string;

  constructor(objects: ObjectStore, key: string) {
    super();
    this.#objects = objects;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += PIECE_BYTES)
      yield await this.#objects.read(this.#key, at, Math.min(PIECE_BYTES, end - at));
  }
}
