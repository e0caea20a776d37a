import type { ByteSource } from '@crashkeep/snapshot';
import { SymbolsError } from '../symbols-error.js';
import { ByteReader } from './byte-reader.js';
import { type ByteBudget, ByteWriter } from './byte-writer.js';
import type { Section } from './form-header.js';

/** Rows in a block: what one look-up decodes. */
const BLOCK_ROWS = 128;
const INDEX_ENTRY_BYTES = 8;
/** Decoded blocks that a table keeps; the oldest goes first. */
const KEPT_BLOCKS = 512;

/**
 * Rows sorted by address, each an address and a fixed number of columns, in blocks that are decoded whole. The index
 * (first address and place of each block) is small and stays in memory, so that a look-up costs one read.
 */
export class BlockTableWriter {
  readonly index: ByteWriter;
  readonly rows: ByteWriter;
  #count = 0;
  #last = 0;

  constructor(budget: ByteBudget) {
    this.index = new ByteWriter(budget);
    this.rows = new ByteWriter(budget);
  }

  /** Addresses must not fall. */
  add(address: number, columns: readonly number[]): void {
    if (this.#count++ % BLOCK_ROWS === 0) {
      this.index.u32(address);
      this.index.u32(this.rows.length);
      this.#last = address;
    }
    this.rows.varint(address - this.#last);
    this.#last = address;
    for (const column of columns) this.rows.varint(column);
  }
}

interface Block {
  readonly starts: Uint32Array;
  readonly columns: Float64Array;
}

/** Looks rows up by address. `row` and `column` speak of the row that `seek` found last. */
export class BlockTable {
  readonly #source: ByteSource;
  readonly #indexSection: Section;
  readonly #rowsSection: Section;
  readonly #width: number;
  readonly #blocks = new Map<number, Block>();
  #index: Uint32Array | null = null;
  #block: Block | null = null;
  #row = 0;

  constructor(source: ByteSource, index: Section, rows: Section, width: number) {
    if (index.length % INDEX_ENTRY_BYTES !== 0) throw new SymbolsError('symbols.damaged-form');
    this.#source = source;
    this.#indexSection = index;
    this.#rowsSection = rows;
    this.#width = width;
  }

  get isEmpty(): boolean {
    return this.#indexSection.length === 0;
  }

  /** Finds the last row at or below `address`; false where there is none. */
  seek(address: number): boolean {
    if (this.isEmpty) return false;
    this.#index ??= this.#readIndex();
    const at = lastAtOrBelow(this.#index, this.#index.length / 2, 2, address);
    if (at < 0) return false;
    const block = this.#blockAt(at, this.#index);
    const row = lastAtOrBelow(block.starts, block.starts.length, 1, address);
    if (row < 0) return false;
    this.#block = block;
    this.#row = row;
    return true;
  }

  get start(): number {
    return this.#block?.starts[this.#row] ?? 0;
  }

  column(number: number): number {
    return this.#block?.columns[this.#row * this.#width + number] ?? 0;
  }

  #readIndex(): Uint32Array {
    const { offset, length } = this.#indexSection;
    const bytes = this.#source.read(offset, length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    return Uint32Array.from({ length: length / 4 }, (_, i) => view.getUint32(i * 4, true));
  }

  #blockAt(number: number, index: Uint32Array): Block {
    const kept = this.#blocks.get(number);
    if (kept !== undefined) return kept;
    const from = index[number * 2 + 1] ?? 0;
    const to = index[number * 2 + 3] ?? this.#rowsSection.length;
    if (from > to || to > this.#rowsSection.length) throw new SymbolsError('symbols.damaged-form');
    const bytes = this.#source.read(this.#rowsSection.offset + from, to - from);
    const block = decodeBlock(bytes, index[number * 2] ?? 0, this.#width);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size >= KEPT_BLOCKS && oldest.done !== true) this.#blocks.delete(oldest.value);
    this.#blocks.set(number, block);
    return block;
  }
}

function decodeBlock(bytes: Uint8Array, firstAddress: number, width: number): Block {
  const reader = new ByteReader(bytes);
  const starts: number[] = [];
  const columns: number[] = [];
  let address = firstAddress;
  while (!reader.atEnd) {
    if (starts.length === BLOCK_ROWS) throw new SymbolsError('symbols.damaged-form');
    address += reader.varint();
    starts.push(address);
    for (let i = 0; i < width; i++) columns.push(reader.varint());
  }
  return { starts: Uint32Array.from(starts), columns: Float64Array.from(columns) };
}

/** Position of the last of `count` sorted numbers, `stride` apart, that is at or below `wanted`; -1 where none is. */
function lastAtOrBelow(sorted: Uint32Array, count: number, stride: number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle * stride] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
