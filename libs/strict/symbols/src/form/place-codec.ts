import { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';

export interface LineRow {
  readonly address: number;
  readonly size: number;
  readonly line: number;
  /** A number of the form's files. */
  readonly file: number;
}

export interface InlineRow {
  /** 0 for a call inlined into the function itself, 1 for one inlined into that, … */
  readonly depth: number;
  readonly address: number;
  readonly size: number;
  /** Where the call was. */
  readonly callFile: number;
  readonly callLine: number;
  /** A number of the form's inline origins: who was called. */
  readonly origin: number;
}

const U32_MAX = 0xffff_ffff;

/** DWARF has numbers of any width and sign. A row that holds one which is no place in a source goes. */
function areU32(...values: readonly number[]): boolean {
  return values.every((value) => value >= 0 && value <= U32_MAX);
}

/** Sorts `rows`, and of two that overlap keeps the first. PDBs have many lines of size 0: they say nothing and go. */
export function encodeLines(writer: ByteWriter, base: number, rows: LineRow[]): void {
  rows.sort((a, b) => a.address - b.address || a.size - b.size);
  let [covered, line, file] = [base, 0, 0];
  for (const row of rows) {
    if (row.size === 0 || row.address < covered || !areU32(row.size, row.line, row.file)) continue;
    writer.varint(row.address - covered);
    writer.varint(row.size);
    writer.zigzag(row.line - line);
    writer.zigzag(row.file - file);
    [covered, line, file] = [row.address + row.size, row.line, row.file];
  }
}

/** A function's lines, sorted, four numbers each: start, end, line, file. */
export type DecodedLines = Float64Array;
const LINE_NUMBERS = 4;

export function decodeLines(bytes: Uint8Array, base: number): DecodedLines {
  const reader = new ByteReader(bytes);
  const numbers: number[] = [];
  let [start, line, file] = [base, 0, 0];
  while (!reader.atEnd) {
    start += reader.varint();
    const end = start + reader.varint();
    line += reader.zigzag();
    file += reader.zigzag();
    numbers.push(start, end, line, file);
    start = end;
  }
  return Float64Array.from(numbers);
}

export function findLine(lines: DecodedLines, address: number): { line: number; file: number } | null {
  let low = 0;
  let high = lines.length / LINE_NUMBERS;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle * LINE_NUMBERS] ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  const at = (low - 1) * LINE_NUMBERS;
  if (at < 0 || address >= (lines[at + 1] ?? 0)) return null;
  return { line: lines[at + 2] ?? 0, file: lines[at + 3] ?? 0 };
}

/** GCC writes DW_AT_ranges that dump_syms turns into inlines of size 0: they cover nothing and go. */
export function encodeInlines(writer: ByteWriter, base: number, rows: InlineRow[]): void {
  rows.sort((a, b) => a.depth - b.depth || a.address - b.address || a.size - b.size);
  for (const row of rows) {
    if (row.size === 0 || !areU32(row.size, row.callFile, row.callLine, row.origin)) continue;
    writer.varint(row.depth);
    writer.zigzag(row.address - base);
    for (const value of [row.size, row.callFile, row.callLine, row.origin]) writer.varint(value);
  }
}

export function decodeInlines(bytes: Uint8Array, base: number): InlineRow[] {
  const reader = new ByteReader(bytes);
  const rows: InlineRow[] = [];
  while (!reader.atEnd) {
    const depth = reader.varint();
    const address = base + reader.zigzag();
    const [size, callFile, callLine, origin] = [reader.varint(), reader.varint(), reader.varint(), reader.varint()];
    rows.push({ depth, address, size, callFile, callLine, origin });
  }
  return rows;
}

/** The inlined calls that cover `address`, outermost first: at each depth the one that begins last at or before it. `rows` are sorted. */
export function findInlines(rows: readonly InlineRow[], address: number): InlineRow[] {
  const found: InlineRow[] = [];
  let candidate: InlineRow | null = null;
  for (const row of rows) {
    if (candidate !== null && candidate.depth !== row.depth) {
      if (!covers(candidate, found.length, address)) return found;
      found.push(candidate);
      candidate = null;
    }
    if (row.address <= address) candidate = row;
  }
  if (candidate !== null && covers(candidate, found.length, address)) found.push(candidate);
  return found;
}

function covers(row: InlineRow, depth: number, address: number): boolean {
  return row.depth === depth && address < row.address + row.size;
}
