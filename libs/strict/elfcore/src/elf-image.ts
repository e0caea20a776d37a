import { Cursor, PieceTooShort, type SnapshotMemory } from '@crashkeep/snapshot';

/** What the saved first page of a mapped ELF file tells. */
export interface ElfImage {
  /** Bytes from the first page to the end of the last loaded segment. */
  readonly size: number;
  readonly buildId: Uint8Array | null;
}

const FIRST_PAGE_BYTES = 4096;
const MAGIC = 0x7f45_4c46;
const LOAD = 1;
const NOTE = 4;
const GNU_BUILD_ID = 3;
const MAX_SEGMENTS = 64;
const MAX_NOTE_BYTES = 4096;
/** No image is larger; a program header that says so lies. */
const MAX_IMAGE_BYTES = 2 ** 40;

interface Segment {
  readonly type: number;
  readonly address: number;
  readonly size: number;
}

/** The image whose first page is at `base`; null where that page was not saved or is no ELF header. */
export function readElfImage(memory: SnapshotMemory, base: bigint, is64: boolean): ElfImage | null {
  const page = memory.readUpTo(base, FIRST_PAGE_BYTES)?.slice();
  if (page === undefined) return null;
  try {
    const segments = readSegments(new Cursor(page, memory.littleEndian), is64);
    if (segments === null) return null;
    const loads = segments.filter(({ type }) => type === LOAD);
    const first = Math.min(...loads.map(({ address }) => address));
    const end = Math.max(...loads.map(({ address, size }) => address + size));
    const size = end - first;
    if (!(size > 0 && size < MAX_IMAGE_BYTES)) return null;
    return { size, buildId: findBuildId(memory, base, first, segments) };
  } catch (error) {
    if (error instanceof PieceTooShort) return null;
    throw error;
  }
}

function readSegments(page: Cursor, is64: boolean): Segment[] | null {
  const magic = new DataView(page.bytes.buffer, page.bytes.byteOffset, page.bytes.byteLength);
  if (page.left < 4 || magic.getUint32(0) !== MAGIC || page.bytes[4] !== (is64 ? 2 : 1)) return null;
  page.seek(is64 ? 32 : 28);
  const segmentsAt = is64 ? page.size64() : page.u32();
  page.seek(is64 ? 54 : 42);
  const stride = page.u16();
  const count = Math.min(page.u16(), MAX_SEGMENTS);
  return Array.from({ length: count }, (_, i) => {
    page.seek(segmentsAt + i * stride);
    const type = page.u32();
    page.skip(is64 ? 12 : 4); // Flags, and the place in the file.
    const address = is64 ? page.size64() : page.u32();
    page.skip(is64 ? 16 : 8); // Physical address, and the size in the file.
    return { type, address, size: is64 ? page.size64() : page.u32() };
  });
}

function findBuildId(
  memory: SnapshotMemory,
  base: bigint,
  first: number,
  segments: readonly Segment[],
): Uint8Array | null {
  for (const { type, address, size } of segments) {
    const into = address - first;
    if (type !== NOTE || !(into >= 0 && into < MAX_IMAGE_BYTES) || !(size <= MAX_NOTE_BYTES)) continue;
    const bytes = memory.read(base + BigInt(into), size);
    const found = bytes === null ? null : buildIdNote(new Cursor(bytes.slice(), memory.littleEndian));
    if (found !== null) return found;
  }
  return null;
}

function buildIdNote(notes: Cursor): Uint8Array | null {
  while (notes.left >= 12) {
    const ownerBytes = notes.u32();
    const descriptionBytes = notes.u32();
    const type = notes.u32();
    const owner = Buffer.from(notes.take(ownerBytes)).toString('latin1');
    notes.skip(-ownerBytes & 3);
    const description = notes.take(descriptionBytes);
    if (type === GNU_BUILD_ID && owner === 'GNU\0') return description;
    notes.skip(Math.min(-descriptionBytes & 3, notes.left));
  }
  return null;
}
