import type { ByteSource } from '@crashkeep/snapshot';
import { SymbolsError } from '../symbols-error.js';
import { ByteReader } from './byte-reader.js';
import { type ByteBudget, ByteWriter } from './byte-writer.js';
import type { Section } from './form-header.js';

/** Code of one module. A browser's own library has 200 MB of it. */
const CODE_BYTES_MAX = 320 * 1024 * 1024;
const RANGES_MAX = 4096;
const RANGE_BYTES = 8;
const OFFSET_END = 0xffff_ffff;

/** Ranges of machine code: where each begins and its bytes. What would be too much is left out: a form serves without it. */
export class CodeWriter {
  readonly #budget: ByteBudget;
  #ranges: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  #left = CODE_BYTES_MAX;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  add(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    const fits = bytes.length > 0 && bytes.length <= this.#left && offset >= 0 && end <= OFFSET_END;
    const overlaps = this.#ranges.some((one) => offset < one.offset + one.bytes.length && one.offset < end);
    if (!fits || overlaps || this.#ranges.length >= RANGES_MAX) return;
    this.#left -= bytes.length;
    this.#ranges.push({ offset, bytes });
  }

  finish(): { readonly codeRanges: ByteWriter; readonly code: ByteWriter } {
    const [codeRanges, code] = [new ByteWriter(this.#budget), new ByteWriter(this.#budget)];
    for (const { offset, bytes } of this.#ranges.sort((a, b) => a.offset - b.offset)) {
      codeRanges.u32(offset);
      codeRanges.u32(bytes.length);
      code.bytes(bytes);
    }
    return { codeRanges, code };
  }
}

interface CodeRange {
  /** In the module. */
  readonly offset: number;
  readonly length: number;
  /** In the form. */
  readonly at: number;
}

/** Reads the list when it is first asked. */
export class CodeRanges {
  readonly #source: ByteSource;
  readonly #list: Section;
  readonly #code: Section;
  #ranges: readonly CodeRange[] | null = null;

  constructor(source: ByteSource, list: Section, code: Section) {
    this.#source = source;
    this.#list = list;
    this.#code = code;
  }

  get isEmpty(): boolean {
    return this.#list.length === 0;
  }

  /** Up to `length` bytes from `offset` on, as far as the code there goes; null where there is none. */
  at(offset: number, length: number): Uint8Array | null {
    this.#ranges ??= this.#read();
    const range = this.#ranges.find((one) => offset >= one.offset && offset < one.offset + one.length);
    if (range === undefined) return null;
    const from = offset - range.offset;
    return this.#source.read(range.at + from, Math.min(length, range.length - from));
  }

  #read(): CodeRange[] {
    const count = this.#list.length / RANGE_BYTES;
    if (!Number.isInteger(count) || count > RANGES_MAX) throw new SymbolsError('symbols.damaged-form');
    const reader = new ByteReader(
      count === 0 ? new Uint8Array(0) : this.#source.read(this.#list.offset, this.#list.length),
    );
    let at = this.#code.offset;
    const ranges = Array.from({ length: count }, () => {
      const range = { offset: reader.u32(), length: reader.u32(), at };
      at += range.length;
      return range;
    });
    if (at !== this.#code.offset + this.#code.length) throw new SymbolsError('symbols.damaged-form');
    return ranges;
  }
}
