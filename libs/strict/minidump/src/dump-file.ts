import { type ByteSource, type FileRange, isRangeOf, Cursor, PieceTooShort, SnapshotError } from '@crashkeep/snapshot';
import { type Directory, type Location, readDirectory } from './directory.js';
import { type MinidumpProblem, Problems } from './problems.js';
import type { StreamType } from './stream-type.js';
import { decodeUtf16, decodeUtf8 } from './text.js';

/** Bytes of records and strings that one dump may make us read; a 4 GB dump's own are below 8 MiB. Saved memory is not counted. */
const RECORD_BUDGET = 16 * 1024 * 1024;

/** As much of one stream as is read, whatever size it claims: 65,536 records of the longest list. */
const MAX_STREAM_BYTES = 4 * 1024 * 1024;

/** What is asked for ahead of one stream: nearly all are shorter. */
const STREAM_PREFETCH_BYTES = 1024 * 1024;

/** Longest text that is read; what is longer is cut. Crashpad's longest annotation is 20 KiB, a path's is 64 KiB in theory. */
const TEXT_BYTES = 8192;

/** A minidump's header and directory, and the one gate through which its records are read. */
export class DumpFile {
  readonly directory: Directory;
  readonly #source: ByteSource;
  readonly #problems = new Problems();
  #budget = RECORD_BUDGET;

  /** Throws a MinidumpError where there is no directory to go by. */
  constructor(source: ByteSource) {
    this.#source = source;
    this.directory = readDirectory(source);
    if (this.directory.truncated) this.problem('minidump.truncated');
    if (this.directory.tooManyStreams) this.problem('minidump.too-many-streams');
  }

  get size(): number {
    return this.#source.size;
  }

  get littleEndian(): boolean {
    return this.directory.littleEndian;
  }

  get problems(): MinidumpProblem[] {
    return this.#problems.list();
  }

  problem(code: MinidumpProblem): void {
    this.#problems.add(code);
  }

  prefetch(ranges: readonly FileRange[]): void {
    if (ranges.length > 0) this.#source.prefetch(ranges);
  }

  /** Asks for all streams at once. */
  prefetchStreams(): void {
    this.prefetch(
      [...this.directory.streams.values()].map(({ rva, size }) => ({
        offset: rva,
        length: Math.min(size, STREAM_PREFETCH_BYTES),
      })),
    );
  }

  /** The stream's bytes, as many as the file still has; null where the directory does not list it or its place is past the file's end. */
  stream(type: StreamType): Cursor | null {
    const location = this.directory.streams.get(type);
    if (location === undefined) return null;
    if (location.rva + location.size > this.size) this.problem('minidump.truncated');
    return this.#piece(location.rva, Math.min(location.size, this.size - location.rva, MAX_STREAM_BYTES));
  }

  /** All bytes of `location`, or null where some are not in the file. */
  piece({ rva, size }: Location): Cursor | null {
    return this.#piece(rva, size);
  }

  /** MINIDUMP_STRING: a count of bytes, then UTF-16. Null where it is not one. */
  utf16At(rva: number): string | null {
    const bytes = this.#textAt(rva);
    return bytes === null || bytes.length % 2 !== 0 ? null : decodeUtf16(bytes, this.littleEndian);
  }

  /** MinidumpUTF8String of Crashpad: a count of bytes, then UTF-8. Null where it is not one. */
  utf8At(rva: number): string | null {
    const bytes = this.#textAt(rva);
    return bytes === null ? null : decodeUtf8(bytes);
  }

  #piece(rva: number, length: number): Cursor | null {
    if (!isRangeOf(this.size, rva, length) || !this.#spend(length)) return null;
    // A copy: the source may reuse its buffer at the next read, and a record's strings are read between its fields.
    const bytes = this.#read(rva, length);
    return bytes === null ? null : new Cursor(bytes.slice(), this.littleEndian);
  }

  #textAt(rva: number): Uint8Array | null {
    if (!isRangeOf(this.size, rva, 4)) return null;
    const count = this.#read(rva, 4);
    if (count === null) return null;
    const length = new Cursor(count, this.littleEndian).u32();
    if (!isRangeOf(this.size, rva + 4, length)) return null;
    const cut = Math.min(length, TEXT_BYTES);
    if (!this.#spend(cut + 4)) return null;
    return this.#read(rva + 4, cut);
  }

  /** Null where the source's budget is spent: what was read so far is walked. */
  #read(rva: number, length: number): Uint8Array | null {
    try {
      return this.#source.read(rva, length);
    } catch (error) {
      if (!(error instanceof SnapshotError) || error.code !== 'snapshot.budget-exhausted') throw error;
      this.problem('minidump.budget-exhausted');
      return null;
    }
  }

  #spend(bytes: number): boolean {
    if (bytes > this.#budget) {
      this.problem('minidump.budget-exhausted');
      return false;
    }
    this.#budget -= bytes;
    return true;
  }
}

/** Runs a reader of one stream; a stream that ends too early is a problem, and `otherwise` stands for it. */
export function tolerate<T>(file: DumpFile, problem: MinidumpProblem, read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PieceTooShort)) throw error;
    file.problem(problem);
    return otherwise;
  }
}
