import type { ByteSource } from '@crashkeep/snapshot';
import { SymbolsError } from '../symbols-error.js';
import { ByteReader } from './byte-reader.js';
import { type ByteBudget, ByteWriter } from './byte-writer.js';
import type { Section } from './form-header.js';

/** Bytes of a name that are kept; C++ and Rust make names of 80 KB that nobody reads to their end. */
const TEXT_BYTES_MAX = 16 * 1024;
const FIRST_READ = 256;

/** Controls, line separators and marks that turn the reading direction: in a name they can only deceive whoever reads it. */
// eslint-disable-next-line no-control-regex -- that is what it is for
const DECEITFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Texts by reference: the place of a length and that many bytes of UTF-8. Reference 0 is "no text". */
export class StringTableWriter {
  readonly bytes: ByteWriter;

  constructor(budget: ByteBudget) {
    this.bytes = new ByteWriter(budget);
    this.bytes.varint(0);
  }

  add(text: string): number {
    const reference = this.bytes.length;
    const bytes = Buffer.from(text.replace(DECEITFUL, '\ufffd')).subarray(0, TEXT_BYTES_MAX);
    this.bytes.varint(bytes.length);
    this.bytes.bytes(bytes);
    return reference;
  }
}

export class StringTable {
  readonly #source: ByteSource;
  readonly #section: Section;

  constructor(source: ByteSource, section: Section) {
    this.#source = source;
    this.#section = section;
  }

  /** Null for reference 0. */
  at(reference: number): string | null {
    if (reference === 0) return null;
    const { offset, length } = this.#section;
    if (reference >= length) throw new SymbolsError('symbols.damaged-form');
    const rest = length - reference;
    const first = this.#source.read(offset + reference, Math.min(rest, FIRST_READ));
    const reader = new ByteReader(first);
    const size = reader.varint();
    if (size > TEXT_BYTES_MAX || size > rest) throw new SymbolsError('symbols.damaged-form');
    const prefix = size < 0x80 ? 1 : size < 0x4000 ? 2 : 3;
    if (prefix + size <= first.length) return Buffer.from(reader.take(size)).toString();
    return Buffer.from(this.#source.read(offset + reference + prefix, size)).toString();
  }
}
