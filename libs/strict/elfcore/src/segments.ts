import { type ByteSource, Cursor, type MemoryRegion, type RegionInfo } from '@crashkeep/snapshot';
import { ElfCoreError } from './elf-core-error.js';
import type { ElfHeader } from './elf-header.js';
import type { Problems } from './problems.js';

/** What the program headers say: the address space, what of it was saved, and where the notes are. */
export interface Segments {
  readonly regionInfo: readonly RegionInfo[];
  readonly memory: readonly MemoryRegion[];
  readonly notes: readonly { readonly offset: number; readonly size: number }[];
}

interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: bigint;
  readonly fileSize: number;
  readonly memorySize: bigint;
}

const LOAD = 1;
const NOTE = 4;
const EXECUTABLE = 1;
const WRITABLE = 2;
const READABLE = 4;
/** The kernel's limit on mappings of a process is 65,530 unless it was raised. */
const MAX_SEGMENTS = 131_072;

export function readSegments(source: ByteSource, header: ElfHeader, problems: Problems): Segments {
  const headers = readProgramHeaders(source, header, problems);
  const loads = headers.filter(({ type }) => type === LOAD);
  const notes = headers.filter(({ type }) => type === NOTE);
  const regionInfo = loads.map(({ flags, address, memorySize }) => ({
    address,
    size: memorySize,
    readable: (flags & READABLE) !== 0,
    writable: (flags & WRITABLE) !== 0,
    executable: (flags & EXECUTABLE) !== 0,
  }));
  regionInfo.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  return {
    regionInfo,
    memory: inFile(source, loads, problems),
    notes: inFile(source, notes, problems),
  };
}

function readProgramHeaders(source: ByteSource, header: ElfHeader, problems: Problems): ProgramHeader[] {
  const { is64, littleEndian, segmentsAt, segmentBytes, segmentCount } = header;
  const least = is64 ? 56 : 32;
  const room = Math.floor((source.size - segmentsAt) / segmentBytes);
  if (segmentBytes < least || !(room > 0) || segmentCount === 0) throw new ElfCoreError('elfcore.truncated-segments');
  const count = Math.min(segmentCount, room, MAX_SEGMENTS);
  if (segmentCount > room) problems.add('elfcore.truncated');
  if (segmentCount > MAX_SEGMENTS) problems.add('elfcore.too-many-segments');
  source.prefetch([{ offset: segmentsAt, length: count * segmentBytes }]);
  const cursor = new Cursor(source.read(segmentsAt, count * segmentBytes).slice(), littleEndian);
  return Array.from({ length: count }, (_, i) => {
    cursor.seek(i * segmentBytes);
    return is64 ? programHeader64(cursor) : programHeader32(cursor);
  });
}

function programHeader64(cursor: Cursor): ProgramHeader {
  const type = cursor.u32();
  const flags = cursor.u32();
  const offset = cursor.size64();
  const address = cursor.u64();
  cursor.skip(8);
  return { type, flags, offset, address, fileSize: cursor.size64(), memorySize: cursor.u64() };
}

function programHeader32(cursor: Cursor): ProgramHeader {
  const type = cursor.u32();
  const offset = cursor.u32();
  const address = BigInt(cursor.u32());
  cursor.skip(4);
  const fileSize = cursor.u32();
  const memorySize = BigInt(cursor.u32());
  return { type, flags: cursor.u32(), offset, address, fileSize, memorySize };
}

/** What of the segments the file holds: a core that hit a limit ends before its segments do. */
function inFile(source: ByteSource, headers: readonly ProgramHeader[], problems: Problems): MemoryRegion[] {
  return headers.flatMap(({ address, offset, fileSize }) => {
    const size = Math.min(fileSize, source.size - offset);
    if (size < fileSize) problems.add('elfcore.truncated');
    return size > 0 ? [{ address, size, offset }] : [];
  });
}
