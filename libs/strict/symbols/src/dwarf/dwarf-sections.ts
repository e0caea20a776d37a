import type { ElfFile } from '../elf/elf-file.js';
import { SectionReader, unlessDamaged } from './section-reader.js';

/** The debug sections of one file; each may be missing. */
export class DwarfSections {
  readonly info: SectionReader | null;
  readonly abbreviations: SectionReader | null;
  readonly lines: SectionReader | null;
  readonly #strings: SectionReader | null;
  readonly #lineStrings: SectionReader | null;
  readonly stringOffsets: SectionReader | null;
  readonly addresses: SectionReader | null;
  readonly ranges: SectionReader | null;
  readonly rangeLists: SectionReader | null;

  constructor(elf: ElfFile) {
    const open = (name: string): SectionReader | null => {
      const bytes = elf.bytesOf(name);
      return bytes === null ? null : new SectionReader(bytes);
    };
    this.info = open('.debug_info');
    this.abbreviations = open('.debug_abbrev');
    this.lines = open('.debug_line');
    this.#strings = open('.debug_str');
    this.#lineStrings = open('.debug_line_str');
    this.stringOffsets = open('.debug_str_offsets');
    this.addresses = open('.debug_addr');
    this.ranges = open('.debug_ranges');
    this.rangeLists = open('.debug_rnglists');
  }

  /** Of .debug_str; null where it is damaged or not there. */
  string(at: number): string | null {
    return unlessDamaged(() => this.#strings?.from(at).text() ?? null);
  }

  /** Of .debug_line_str. */
  lineString(at: number): string | null {
    return unlessDamaged(() => this.#lineStrings?.from(at).text() ?? null);
  }
}
