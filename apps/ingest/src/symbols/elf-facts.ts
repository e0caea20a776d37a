/** What debuginfod asks of an ELF file. */
export interface ElfFacts {
  /** In lower hex. */
  readonly buildId: string;
  /** False for a debug file, whose code was taken out. */
  readonly hasCode: boolean;
  readonly hasDebugInfo: boolean;
}

export type ReadRange = (offset: number, length: number) => Promise<Buffer>;

const SECTIONS_MAX = 65_536;
const NAMES_BYTES_MAX = 16 * 1024 * 1024;
const NOTE_BYTES_MAX = 4096;
const PROGBITS = 1;
const EXECUTABLE = 4n;
const NT_GNU_BUILD_ID = 3;

interface Section {
  readonly nameAt: number;
  readonly type: number;
  readonly flags: bigint;
  readonly offset: number;
  readonly size: number;
}

/** Reads headers only, a few hundred bytes for most files. Null for what is no ELF file with sections and a build id. */
export async function elfFacts(read: ReadRange, size: number): Promise<ElfFacts | null> {
  const within: ReadRange = async (offset, length) => {
    if (!(offset >= 0 && length >= 0 && offset + length <= size)) throw new RangeError('elf-facts');
    return read(offset, length);
  };
  try {
    return await readFacts(within);
  } catch (error) {
    if (error instanceof RangeError) return null; // headers that point outside the file; Buffer's own are of this kind, too
    throw error;
  }
}

async function readFacts(read: ReadRange): Promise<ElfFacts | null> {
  const head = await read(0, 64);
  const isLittleEndianElf = head.toString('latin1', 0, 4) === '\x7fELF' && head[5] === 1;
  if (!isLittleEndianElf) return null;
  const is64 = head[4] === 2;
  const at = is64 ? Number(head.readBigUInt64LE(40)) : head.readUInt32LE(32);
  const [rowBytes, count, namesIndex] = [0, 2, 4].map((field) => head.readUInt16LE((is64 ? 58 : 46) + field));
  if (rowBytes !== (is64 ? 64 : 40) || count === undefined || count === 0 || count > SECTIONS_MAX) return null;
  const table = await read(at, rowBytes * count);
  const sections = Array.from({ length: count }, (_, i) => sectionOf(table.subarray(i * rowBytes), is64));
  const strings = sections[namesIndex ?? 0];
  if (strings === undefined || strings.size > NAMES_BYTES_MAX) return null;
  const names = await read(strings.offset, strings.size);
  const nameOf = ({ nameAt }: Section): string => names.toString('latin1', nameAt, names.indexOf(0, nameAt));
  const note = sections.find((section) => nameOf(section) === '.note.gnu.build-id');
  if (note === undefined || note.type === 8) return null;
  const buildId = buildIdOf(await read(note.offset, Math.min(note.size, NOTE_BYTES_MAX)));
  if (buildId === null) return null;
  return {
    buildId,
    hasCode: sections.some(({ type, flags }) => type === PROGBITS && (flags & EXECUTABLE) !== 0n),
    hasDebugInfo: sections.some((section) => /^\.z?debug_info$/.test(nameOf(section))),
  };
}

function sectionOf(row: Buffer, is64: boolean): Section {
  const word = (at: number): bigint => (is64 ? row.readBigUInt64LE(at) : BigInt(row.readUInt32LE(at)));
  return {
    nameAt: row.readUInt32LE(0),
    type: row.readUInt32LE(4),
    flags: word(8),
    offset: Number(word(is64 ? 24 : 16)),
    size: Number(word(is64 ? 32 : 20)),
  };
}

/** The note's own layout: bytes of the name, bytes of the id, type, `GNU\0`, the id. */
function buildIdOf(note: Buffer): string | null {
  const [nameBytes, idBytes, type] = [note.readUInt32LE(0), note.readUInt32LE(4), note.readUInt32LE(8)];
  if (nameBytes !== 4 || type !== NT_GNU_BUILD_ID || idBytes === 0 || 16 + idBytes > note.length) return null;
  return note.toString('hex', 16, 16 + idBytes);
}
