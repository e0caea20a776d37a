import { type ByteSource, isRangeOf, Cursor, type UnreadParts } from '@crashkeep/snapshot';
import { MinidumpError } from './minidump-error.js';
import { isUserStream, LINUX_COMMAND_LINE, LINUX_ENVIRONMENT, READ_STREAMS } from './stream-type.js';

export interface Location {
  readonly rva: number;
  /** Bytes. */
  readonly size: number;
}

export interface Directory {
  readonly littleEndian: boolean;
  /** Seconds since 1970, by the writer's clock. */
  readonly timestamp: number;
  /** Those that this package reads, by type. Of several with one type the last counts, as rust-minidump has it. */
  readonly streams: ReadonlyMap<number, Location>;
  /** By what the directory lists: none of it is read. */
  readonly unread: UnreadParts;
  /** The file ends before the directory does. */
  readonly truncated: boolean;
  readonly tooManyStreams: boolean;
}

export const HEADER_BYTES = 32;
const ENTRY_BYTES = 12;
const SIGNATURE = 0x504d_444d;
/** The low half; the high one is the writer's own. */
const VERSION = 0xa793;
/** Breakpad's limit. Real dumps have about 20. */
const MAX_STREAMS = 128;

/** True where a file that begins with `head` (4 bytes or more) says that it is a minidump, in either byte order. */
export function isMinidump(head: Uint8Array): boolean {
  return head.length >= 4 && signatureOrder(head) !== null;
}

export function readDirectory(source: ByteSource): Directory {
  // One read for small dumps' header and directory alike: the directory follows the header nearly always.
  source.prefetch([{ offset: 0, length: HEADER_BYTES + MAX_STREAMS * ENTRY_BYTES }]);
  if (source.size < HEADER_BYTES) {
    const head = source.read(0, Math.min(4, source.size));
    throw new MinidumpError(isMinidump(head) ? 'minidump.truncated-header' : 'minidump.bad-magic');
  }
  const head = source.read(0, HEADER_BYTES);
  const littleEndian = signatureOrder(head);
  if (littleEndian === null) throw new MinidumpError('minidump.bad-magic');
  const header = new Cursor(head, littleEndian);
  header.skip(4);
  if ((header.u32() & 0xffff) !== VERSION) throw new MinidumpError('minidump.bad-version');
  const count = header.u32();
  const rva = header.u32();
  header.skip(4);
  const timestamp = header.u32();
  return { littleEndian, timestamp, ...readEntries(source, littleEndian, rva, count) };
}

function readEntries(source: ByteSource, littleEndian: boolean, rva: number, count: number) {
  const room = isRangeOf(source.size, rva, 0) ? Math.floor((source.size - rva) / ENTRY_BYTES) : 0;
  if (room === 0 && count > 0) throw new MinidumpError('minidump.truncated-directory');
  const listed = Math.min(count, room, MAX_STREAMS);
  const tooManyStreams = count > MAX_STREAMS;
  const entries = new Cursor(listed === 0 ? new Uint8Array(0) : source.read(rva, listed * ENTRY_BYTES), littleEndian);
  const streams = new Map<number, Location>();
  const unread = { commandLine: false, environment: false, userStreams: 0 };
  for (let i = 0; i < listed; i++) {
    const type = entries.u32();
    const size = entries.u32();
    const location = { rva: entries.u32(), size };
    // Past a count that lies the entries are whatever follows the directory: they must not replace real ones.
    if (size > 0) note(unread, type);
    if (READ_STREAMS.has(type) && !(tooManyStreams && streams.has(type))) streams.set(type, location);
  }
  return { streams, unread, truncated: count > room, tooManyStreams };
}

function note(unread: { -readonly [K in keyof UnreadParts]: UnreadParts[K] }, type: number): void {
  unread.commandLine ||= type === LINUX_COMMAND_LINE;
  unread.environment ||= type === LINUX_ENVIRONMENT;
  if (isUserStream(type)) unread.userStreams++;
}

/** True for little endian, false for big, null for no signature. */
function signatureOrder(head: Uint8Array): boolean | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4) return null;
  if (view.getUint32(0, true) === SIGNATURE) return true;
  return view.getUint32(0, false) === SIGNATURE ? false : null;
}
