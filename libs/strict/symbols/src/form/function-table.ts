import { BlockTableWriter } from './block-table.js';
import { type ByteBudget, ByteWriter } from './byte-writer.js';
import type { NameReference } from './name-reference.js';
import { encodeInlines, encodeLines, type InlineRow, type LineRow } from './place-codec.js';
import { resolveSpans } from './resolve-spans.js';
import { U32Column } from './u32-column.js';

export interface NewPublic {
  readonly address: number;
  /** It reaches no further than this; absent where nothing is known. */
  readonly limit?: number;
  readonly parameterBytes: number;
  readonly name: NameReference;
  /** Of two at one address, the one whose name sorts last wins. */
  readonly sortKey: string;
}

export interface NewFunction {
  readonly address: number;
  readonly size: number;
  readonly parameterBytes: number;
  readonly name: NameReference;
  readonly lines: LineRow[];
  readonly inlines: InlineRow[];
}

const FUNCTION_COLUMNS = 9;
const ADDRESS_END = 0xffff_ffff;

/** Functions and public symbols, until all are known and can be sorted. */
export class FunctionTable {
  readonly lines: ByteWriter;
  readonly inlines: ByteWriter;
  readonly #functions: U32Column;
  readonly #publics = new Map<number, NewPublic>();
  readonly #budget: ByteBudget;

  constructor(budget: ByteBudget) {
    this.#budget = budget;
    this.lines = new ByteWriter(budget);
    this.inlines = new ByteWriter(budget);
    this.#functions = new U32Column(budget);
  }

  addFunction(func: NewFunction): void {
    const lineStart = this.lines.length;
    encodeLines(this.lines, func.address, func.lines);
    const inlineStart = this.inlines.length;
    encodeInlines(this.inlines, func.address, func.inlines);
    const row = [func.address, func.size, func.parameterBytes, func.name.raw, func.name.demangled];
    row.push(lineStart, this.lines.length - lineStart, inlineStart, this.inlines.length - inlineStart);
    for (const value of row) this.#functions.push(value);
  }

  addPublic(symbol: NewPublic): void {
    const other = this.#publics.get(symbol.address);
    if (other === undefined) this.#budget.take(128);
    if (other === undefined || sortsAfter(symbol, other)) this.#publics.set(symbol.address, symbol);
  }

  finish(budget: ByteBudget): { spans: BlockTableWriter; descriptions: BlockTableWriter } {
    const spans = new BlockTableWriter(budget);
    const descriptions = new BlockTableWriter(budget);
    const publics = [...this.#publics.values()].sort((a, b) => a.address - b.address);
    const places = publics.map(({ address, limit }, row) => ({ address, end: limit ?? ADDRESS_END, row }));
    for (const { start, end, base, isFunction, row } of resolveSpans(this.#disjointFunctions(), places)) {
      const [parameterBytes, ...described] = isFunction ? this.#functionRow(row) : publicRow(publics[row]);
      const isNamed = described[0] !== 0;
      const extent = [end - start, start - base];
      spans.add(start, [...extent, (parameterBytes ?? 0) * 2 + (isNamed ? 1 : 0)]);
      descriptions.add(start, [...extent, ...described]);
    }
    return { spans, descriptions };
  }

  #functionRow(row: number): number[] {
    return Array.from({ length: FUNCTION_COLUMNS - 2 }, (_, i) => this.#functions.at(row * FUNCTION_COLUMNS + 2 + i));
  }

  /** Sorted; of two that overlap the one that begins (then ends) first. */
  #disjointFunctions(): { address: number; end: number; row: number }[] {
    const address = (row: number): number => this.#functions.at(row * FUNCTION_COLUMNS);
    const size = (row: number): number => this.#functions.at(row * FUNCTION_COLUMNS + 1);
    const order = Uint32Array.from({ length: this.#functions.length / FUNCTION_COLUMNS }, (_, i) => i);
    order.sort((a, b) => address(a) - address(b) || size(a) - size(b) || a - b);
    const kept: { address: number; end: number; row: number }[] = [];
    let covered = 0;
    for (const row of order) {
      const start = address(row);
      if (start < covered) continue;
      covered = start + size(row);
      kept.push({ address: start, end: covered, row });
    }
    return kept;
  }
}

function publicRow(symbol: NewPublic | undefined): number[] {
  if (symbol === undefined) return [];
  return [symbol.parameterBytes, symbol.name.raw, symbol.name.demangled, 0, 0, 0, 0];
}

function sortsAfter(a: NewPublic, b: NewPublic): boolean {
  if (a.sortKey !== b.sortKey) return Buffer.compare(Buffer.from(a.sortKey), Buffer.from(b.sortKey)) > 0;
  return a.parameterBytes > b.parameterBytes;
}
