import { Readable } from 'node:stream';
import { type Entry, RandomAccessReader, type ZipFile, fromRandomAccessReaderPromise } from 'yauzl';
import type { ByteStream } from '../body/byte-budget.js';
import { IngestError } from '../ingest-error.js';
import { type SymbolName, symbolNameOfPath } from './symbol-name.js';

export { IngestError } from '../ingest-error.js';

/** A symbol file in a zip. */
export interface ZipMember {
  /** As the zip tells it. */
  readonly path: string;
  readonly name: SymbolName;
  /** Its content, unfolded; as long as whoever reads it goes on, and no further than the zip says. */
  readonly content: () => ByteStream;
}

/** Exactly these bytes of the zip. */
type RangeReader = (offset: number, length: number) => Promise<Buffer>;

const ENTRIES_MAX = 20_000;
const PIECE_BYTES = 1024 * 1024;

/**
 * The members of a zip of symbols in Breakpad's layout; of each, the name is right before the first content is read. Throws
 * `symbols.bad-zip`, `symbols.malformed` and `ingest.too-many-parts`, and what `read` throws.
 */
export async function readSymbolZip(bytes: number, read: RangeReader): Promise<ZipMember[]> {
  const zip = fromRandomAccessReaderPromise(new ZipReader(bytes, read), bytes, {
    autoClose: false,
    strictFileNames: true,
  });
  return membersOf(await knownFault(zip));
}

async function membersOf(zip: ZipFile): Promise<ZipMember[]> {
  if (zip.entryCount > ENTRIES_MAX) throw new IngestError('ingest.too-many-parts');
  const members: ZipMember[] = [];
  const entries = zip.eachEntry();
  for (let next = await knownFault(entries.next()); next.done !== true; next = await knownFault(entries.next())) {
    const entry = next.value;
    // Folders, and the list that Firefox's build puts beside the symbols.
    if (entry.fileName.endsWith('/') || entry.fileName.endsWith('-symbols.txt')) continue;
    const [debugFile, debugId, file, ...more] = entry.fileName.split('/');
    if (debugFile === undefined || debugId === undefined || file === undefined || more.length > 0)
      throw new IngestError('symbols.bad-zip');
    const name = symbolNameOfPath(debugFile, debugId, file);
    members.push({ path: entry.fileName, name, content: () => contentOf(zip, entry) });
  }
  if (members.length === 0) throw new IngestError('symbols.bad-zip');
  return members;
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) throw new IngestError('symbols.bad-zip');
  const stream: Readable = await knownFault(zip.openReadStreamPromise(entry));
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

class ZipReader extends RandomAccessReader {
  readonly #size: number;
  readonly #read: RangeReader;

  constructor(size: number, read: RangeReader) {
    super();
    this.#size = size;
    this.#read = read;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }

  /** A directory may tell of places that the zip does not have: that is its fault and not the store's. */
  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    if (!(start >= 0 && start <= end && end <= this.#size)) throw new IngestError('symbols.bad-zip');
    for (let at = start; at < end; at += PIECE_BYTES) yield await this.#read(at, Math.min(PIECE_BYTES, end - at));
  }
}
