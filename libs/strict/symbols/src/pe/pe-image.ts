import type { ByteSource, Cpu } from '@crashkeep/snapshot';
import { readPieces } from '../read-pieces.js';
import { SymbolsError } from '../symbols-error.js';

const SECTIONS_MAX = 96;
const SECTION_BYTES = 40;
/** Bytes of all sections that are read. */
const SECTIONS_BYTES_MAX = 1024 * 1024 * 1024;
const PE32_PLUS = 0x20b;
const DIRECTORIES = { exports: 0, exceptions: 3, debug: 6 } as const;
const MACHINES: Readonly<Record<number, Cpu>> = { 0x8664: 'amd64', 0x014c: 'x86', 0xaa64: 'arm64', 0x01c4: 'arm' };

/** IMAGE_SCN_MEM_EXECUTE. */
const EXECUTABLE = 0x2000_0000;

interface PeSection {
  readonly address: number;
  readonly size: number;
  readonly offset: number;
  readonly fileSize: number;
  readonly executable: boolean;
}

/** An image's headers, and its bytes by address from the image's base. Whatever an address leads outside to is `symbols.damaged-image`. */
export class PeImage {
  readonly cpu: Cpu;
  /** As crash reports name an image: link time and size of the image in hex. */
  readonly codeId: string;
  readonly imageBytes: number;
  readonly #source: ByteSource;
  readonly #sections: readonly PeSection[];
  readonly #directories: DataView;
  readonly #read = new Map<PeSection, Uint8Array>();
  #bytesLeft = SECTIONS_BYTES_MAX;

  constructor(source: ByteSource) {
    this.#source = source;
    const dos = source.size < 64 ? null : viewOf(source, 0, 64);
    if (dos?.getUint16(0, true) !== 0x5a4d) throw new SymbolsError('symbols.not-an-image');
    const headerAt = dos.getUint32(0x3c, true);
    const header = this.#view(headerAt, 24);
    if (header.getUint32(0, true) !== 0x4550) throw new SymbolsError('symbols.not-an-image');
    const optionalAt = headerAt + 24;
    const optional = this.#view(optionalAt, 64);
    this.cpu = MACHINES[header.getUint16(4, true)] ?? 'unknown';
    this.imageBytes = optional.getUint32(56, true);
    this.codeId = `${hex(header.getUint32(8, true)).padStart(8, '0').toUpperCase()}${hex(this.imageBytes)}`;
    const directoriesAt = optionalAt + (optional.getUint16(0, true) === PE32_PLUS ? 112 : 96);
    this.#directories = this.#view(directoriesAt, 8 * 16);
    const count = header.getUint16(6, true);
    if (count > SECTIONS_MAX) throw new SymbolsError('symbols.damaged-image');
    this.#sections = this.#readSections(optionalAt + header.getUint16(20, true), count);
  }

  get fileBytes(): number {
    return this.#source.size;
  }

  /** Null where the image has none. */
  directory(name: keyof typeof DIRECTORIES): { readonly address: number; readonly size: number } | null {
    const at = DIRECTORIES[name] * 8;
    const [address, size] = [this.#directories.getUint32(at, true), this.#directories.getUint32(at + 4, true)];
    return address === 0 || size === 0 ? null : { address, size };
  }

  /** Exactly `length` bytes of one section. */
  read(address: number, length: number): DataView {
    const section = this.#sectionAt(address);
    const at = address - section.address;
    if (at + length > section.fileSize) throw new SymbolsError('symbols.damaged-image');
    const bytes = this.#bytesOf(section);
    return new DataView(bytes.buffer, bytes.byteOffset + at, length);
  }

  /** Machine code by address, of the sections that may run. */
  code(): { readonly address: number; readonly bytes: Uint8Array }[] {
    return this.#sections
      .filter(({ executable, fileSize }) => executable && fileSize > 0)
      .map((section) => ({ address: section.address, bytes: this.#bytesOf(section) }));
  }

  /** A text that ends in a zero byte, at most `max` bytes of it. */
  text(address: number, max: number): string {
    const section = this.#sectionAt(address);
    const at = address - section.address;
    const bytes = this.read(address, Math.min(max, Math.max(0, section.fileSize - at)));
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = text.indexOf(0);
    return text.toString('utf8', 0, end < 0 ? text.length : end);
  }

  #sectionAt(address: number): PeSection {
    const section = this.#sections.find((one) => address >= one.address && address < one.address + one.size);
    if (section === undefined) throw new SymbolsError('symbols.damaged-image');
    return section;
  }

  /** Whole, and kept: what is asked for is thousands of small things all over it. */
  #bytesOf(section: PeSection): Uint8Array {
    let bytes = this.#read.get(section);
    if (bytes === undefined) {
      this.#bytesLeft -= section.fileSize;
      if (this.#bytesLeft < 0) throw new SymbolsError('symbols.damaged-image');
      bytes = readPieces(this.#source, section.offset, section.fileSize);
      this.#read.set(section, bytes);
    }
    return bytes;
  }

  #readSections(at: number, count: number): PeSection[] {
    const table = this.#view(at, count * SECTION_BYTES);
    return Array.from({ length: count }, (_, i) => {
      const field = (offset: number): number => table.getUint32(i * SECTION_BYTES + offset, true);
      const [size, address, fileSize, offset] = [field(8), field(12), field(16), field(20)];
      const executable = (field(36) & EXECUTABLE) !== 0;
      return { address, offset, fileSize, size: Math.max(size, fileSize), executable };
    });
  }

  #view(offset: number, length: number): DataView {
    return viewOf(this.#source, offset, length);
  }
}

function viewOf(source: ByteSource, offset: number, length: number): DataView {
  return new DataView(readPieces(source, offset, length).buffer);
}

function hex(value: number): string {
  return value.toString(16);
}
