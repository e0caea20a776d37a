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

/** Sorts `rows`, and of two that overlap keeps the first. PDBs have many lines of size 0: they say nothing and go. */
export function encodeLines(writer: ByteWriter, base: number, rows: LineRow[]): void {
  rows.sort((a, b) => a.address - b.address || a.size - b.size);
  let [covered, line, file] = [base, 0, 0];
  for (const row of rows) {
    if (row.size === 0 || row.address < covered) continue;
    writer.varint(row.address - covered);
    writer.varint(row.size);
    writer.zigzag(row.line - line);
    writer.zigzag(row.file - file);
    [covered, line, file] = [row.address + row.size, row.line, row.file];
  }
}

export function findLine(bytes: Uint8Array, base: number, address: number): { line: number; file: number } | null {
  const reader = new ByteReader(bytes);
  let [start, line, file] = [base, 0, 0];
  while (!reader.atEnd) {
    start += reader.varint();
    const size = reader.varint();
    line += reader.zigzag();
    file += reader.zigzag();
    if (address < start) return null;
    if (address < start + size) return { line, file };
    start += size;
  }
  return null;
}

/** GCC writes DW_AT_ranges that dump_syms turns into inlines of size 0: they cover nothing and go. */
export function encodeInlines(writer: ByteWriter, base: number, rows: InlineRow[]): void {
  rows.sort((a, b) => a.depth - b.depth || a.address - b.address || a.size - b.size);
  for (const row of rows) {
    if (row.size === 0) continue;
    writer.varint(row.depth);
    writer.zigzag(row.address - base);
    for (const value of [row.size, row.callFile, row.callLine, row.origin]) writer.varint(value);
  }
}

/** The inlined calls that cover `address`, outermost first: at each depth the one that begins last at or before it. */
export function findInlines(bytes: Uint8Array, base: number, address: number): InlineRow[] {
  const reader = new ByteReader(bytes);
  const found: InlineRow[] = [];
  let candidate: InlineRow | null = null;
  const settle = (): void => {
    if (candidate?.depth === found.length && address < candidate.address + candidate.size) found.push(candidate);
  };
  while (!reader.atEnd) {
    const depth = reader.varint();
    const start = base + reader.zigzag();
    const [size, callFile, callLine, origin] = [reader.varint(), reader.varint(), reader.varint(), reader.varint()];
    if (candidate !== null && candidate.depth !== depth) {
      settle();
      candidate = null;
    }
    if (start <= address) candidate = { depth, address: start, size, callFile, callLine, origin };
  }
  settle();
  return found;
}
