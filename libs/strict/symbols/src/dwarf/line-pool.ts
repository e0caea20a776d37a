import type { LineRow } from '../form/place-codec.js';
import type { SourceLine } from './line-program.js';

const KEPT_MAX = 4_000_000;

/** Lines of units that name no functions (assembler): they wait for the symbol table's. */
export class LinePool {
  readonly #rows: LineRow[] = [];
  #isSorted = true;

  add(rows: readonly LineRow[]): void {
    for (const row of rows) if (this.#rows.length < KEPT_MAX) this.#rows.push(row);
    this.#isSorted = false;
  }

  /** What lies in [start, end), cut to it. */
  within(start: number, end: number): LineRow[] {
    if (!this.#isSorted) this.#rows.sort((a, b) => a.address - b.address);
    this.#isSorted = true;
    return linesWithin(this.#rows, start, end);
  }
}

/** Of lines sorted by address, what lies in [start, end), cut to it. */
export function linesWithin(rows: readonly LineRow[], start: number, end: number): LineRow[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row.address + row.size <= start) low = middle + 1;
    else high = middle;
  }
  const found: LineRow[] = [];
  for (let i = low; i < rows.length; i++) {
    const row = rows[i];
    if (row === undefined || row.address >= end) break;
    const address = Math.max(row.address, start);
    found.push({ ...row, address, size: Math.min(row.address + row.size, end) - address });
  }
  return found;
}

/** As offsets from `base`, with the form's file numbers; sorted. Lines of files that are not told, and of dead code, go. */
export function offsetLines(
  lines: readonly SourceLine[],
  base: number,
  fileOf: (file: number) => number | null,
): LineRow[] {
  const rows: LineRow[] = [];
  for (const { address, size, file, line } of lines) {
    const number = fileOf(file);
    const offset = address - base;
    if (number === null || offset < 0 || address === 0 || offset + size > 0xffff_ffff || line < 0) continue;
    rows.push({ address: offset, size, line, file: number });
  }
  return rows.sort((a, b) => a.address - b.address);
}
