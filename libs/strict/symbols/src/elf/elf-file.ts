import { inflateSync } from 'node:zlib';
import type { ByteSource, Cpu } from '@crashkeep/snapshot';
import { SectionReader, unlessDamaged } from '../dwarf/section-reader.js';
import { readPieces } from '../read-pieces.js';
import { SymbolsError } from '../symbols-error.js';

const MAGIC = '\u007fELF';
const SECTIONS_MAX = 65_536;
const SEGMENTS_MAX = 1024;
/** Bytes of all sections that are read, unpacked. Larger debug information is for dump_syms. */
const SECTIONS_BYTES_MAX = 1024 * 1024 * 1024;
const NOBITS = 8;
const COMPRESSED = 0x800;
const PT_LOAD = 1;
const PT_NOTE = 4;
const PT_GNU_EH_FRAME = 0x6474_e550;
const NT_GNU_BUILD_ID = 3;
/** SHF_ALLOC and SHF_EXECINSTR; PF_X. */
const CODE_SECTION = 0x2 | 0x4;
const CODE_SEGMENT = 0x1;
const PAGE = 4096;

const MACHINES: Readonly<Record<number, Cpu>> = {
  ...{ 3: 'x86', 8: 'mips', 20: 'ppc', 21: 'ppc64', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv64' },
};

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
}

/** An ELF file's headers; little-endian ones only, which is all that our CPUs run. */
export class ElfFile {
  readonly is64: boolean;
  readonly cpu: Cpu;
  readonly sections: readonly ElfSection[];
  /** Address of the first byte that is mapped: a module's base in a dump. */
  readonly base: number;
  readonly #source: ByteSource;
  readonly #segments: readonly Segment[];
  #bytesLeft = SECTIONS_BYTES_MAX;

  constructor(source: ByteSource) {
    this.#source = source;
    if (source.size < 64) throw new SymbolsError('symbols.not-an-image');
    const header = new SectionReader(source.read(0, 64));
    const identification = Buffer.from(header.bytes(16));
    const isLittleEndian = identification[5] === 1;
    if (identification.toString('latin1', 0, 4) !== MAGIC || !isLittleEndian)
      throw new SymbolsError('symbols.not-an-image');
    this.is64 = identification[4] === 2;
    header.skip(2);
    this.cpu = MACHINES[header.u16()] ?? 'unknown';
    header.skip(4 + this.wordBytes);
    const [segmentsAt, sectionsAt] = [header.word(this.wordBytes), header.word(this.wordBytes)];
    header.skip(6);
    const [segmentBytes, segmentCount] = [header.u16(), header.u16()];
    const [sectionBytes, sectionCount, namesIndex] = [header.u16(), header.u16(), header.u16()];
    this.#segments = this.#readSegments(segmentsAt, segmentBytes, segmentCount);
    this.sections = this.#readSections(sectionsAt, sectionBytes, sectionCount, namesIndex);
    const loaded = this.#segments.filter(({ type }) => type === PT_LOAD).map(({ address }) => address);
    this.base = loaded.length === 0 ? 0 : Math.floor(Math.min(...loaded) / PAGE) * PAGE;
  }

  get wordBytes(): 4 | 8 {
    return this.is64 ? 8 : 4;
  }

  section(name: string): ElfSection | null {
    return this.sections.find((section) => section.name === name && section.type !== NOBITS) ?? null;
  }

  /** The section's bytes, unpacked; null where there is no such section, or it is damaged, packed by zstd or too large. */
  bytesOf(name: string): Uint8Array | null {
    const section = this.section(name);
    if (section === null) return null;
    return unlessDamaged(() => {
      this.#spend(section.size);
      const bytes = this.#read(section.offset, section.size);
      return (section.flags & COMPRESSED) === 0 ? bytes : this.#inflated(bytes);
    });
  }

  /** What a stripped file without section headers still has: unwind data from its header on, with the header's address. */
  unwindSegment(): { readonly address: number; readonly bytes: Uint8Array } | null {
    const header = this.#segments.find(({ type }) => type === PT_GNU_EH_FRAME);
    const load = this.#segments.find(
      ({ type, address, fileSize }) =>
        type === PT_LOAD && header !== undefined && header.address >= address && header.address < address + fileSize,
    );
    if (header === undefined || load === undefined) return null;
    const length = load.fileSize - (header.address - load.address);
    return unlessDamaged(() => {
      this.#spend(length);
      return { address: header.address, bytes: this.#read(load.offset + (header.address - load.address), length) };
    });
  }

  /** Machine code by address: of sections, or of segments where a stripped file lists none. A debug file has neither. */
  code(): { readonly address: number; readonly bytes: Uint8Array }[] {
    const ranges =
      this.sections.length > 0
        ? this.sections.filter(({ type, flags }) => type !== NOBITS && (flags & CODE_SECTION) === CODE_SECTION)
        : this.#segments
            .filter(({ type, flags }) => type === PT_LOAD && (flags & CODE_SEGMENT) !== 0)
            .map((segment) => ({ ...segment, size: segment.fileSize }));
    return ranges.flatMap(({ address, offset, size }) => {
      const bytes = unlessDamaged(() => {
        this.#spend(size);
        return this.#read(offset, size);
      });
      return bytes === null ? [] : [{ address, bytes }];
    });
  }

  /** In hex; null where the file has none. */
  get buildId(): string | null {
    for (const { type, offset, fileSize } of this.#segments) {
      if (type !== PT_NOTE || fileSize > PAGE * 16) continue;
      const id = unlessDamaged(() => findBuildId(new SectionReader(this.#read(offset, fileSize))));
      if (id !== null) return id;
    }
    const bytes = this.bytesOf('.note.gnu.build-id');
    return bytes === null ? null : unlessDamaged(() => findBuildId(new SectionReader(bytes)));
  }

  #readSegments(at: number, bytes: number, count: number): Segment[] {
    if (count === 0) return [];
    if (count > SEGMENTS_MAX || bytes < (this.is64 ? 56 : 32)) throw new SymbolsError('symbols.damaged-image');
    const table = new SectionReader(this.#read(at, bytes * count));
    return Array.from({ length: count }, (_, i) => {
      const row = table.from(i * bytes);
      const type = row.u32();
      const flags = this.is64 ? row.u32() : table.from(i * bytes + 24).u32();
      const [offset, address] = [row.word(this.wordBytes), row.word(this.wordBytes)];
      row.skip(this.wordBytes);
      return { type, flags, offset, address, fileSize: row.word(this.wordBytes) };
    });
  }

  #readSections(at: number, bytes: number, count: number, namesIndex: number): ElfSection[] {
    if (at === 0 || count === 0) return [];
    if (count > SECTIONS_MAX || bytes < (this.is64 ? 64 : 40)) throw new SymbolsError('symbols.damaged-image');
    const table = new SectionReader(this.#read(at, bytes * count));
    const rows = Array.from({ length: count }, (_, i) => this.#readSection(table.from(i * bytes)));
    const strings = rows[namesIndex];
    if (strings === undefined || strings.type === NOBITS || strings.size > PAGE * PAGE) return [];
    const names = new SectionReader(this.#read(strings.offset, strings.size));
    return rows.map(({ nameAt, ...row }) => ({ ...row, name: unlessDamaged(() => names.from(nameAt).text()) ?? '' }));
  }

  #readSection(row: SectionReader): Omit<ElfSection, 'name'> & { nameAt: number } {
    const word = this.wordBytes;
    const [nameAt, type] = [row.u32(), row.u32()];
    const [flags, address, offset, size] = [row.word(word), row.word(word), row.word(word), row.word(word)];
    return { nameAt, type, flags, address, offset, size, link: row.u32() };
  }

  #inflated(bytes: Uint8Array): Uint8Array {
    const header = new SectionReader(bytes);
    const type = header.u32();
    if (this.is64) header.skip(4);
    const size = header.word(this.wordBytes);
    header.skip(this.wordBytes);
    if (type !== 1) throw new SymbolsError('symbols.damaged-image');
    this.#spend(size);
    try {
      return inflateSync(bytes.subarray(header.position), { maxOutputLength: Math.max(1, size) });
    } catch {
      throw new SymbolsError('symbols.damaged-image');
    }
  }

  #spend(bytes: number): void {
    if (!(bytes <= this.#bytesLeft)) throw new SymbolsError('symbols.damaged-image');
    this.#bytesLeft -= bytes;
  }

  #read(offset: number, length: number): Uint8Array {
    return readPieces(this.#source, offset, length);
  }
}

function findBuildId(notes: SectionReader): string | null {
  while (!notes.atEnd()) {
    const [nameBytes, bytes, type] = [notes.u32(), notes.u32(), notes.u32()];
    const name = Buffer.from(notes.bytes(nameBytes)).toString('latin1');
    notes.skip((4 - (nameBytes % 4)) % 4);
    const content = notes.bytes(bytes);
    if (type === NT_GNU_BUILD_ID && name === 'GNU\0' && bytes > 0 && bytes <= 64)
      return Buffer.from(content).toString('hex');
    notes.skip(Math.min((4 - (bytes % 4)) % 4, notes.atEnd() ? 0 : 4));
  }
  return null;
}
