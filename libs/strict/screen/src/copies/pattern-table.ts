import type { Span, Window } from '../frame/window.js';
import { hashOfEight, rehash } from '../kernels/hash.js';
import type { ScanMemory } from '../kernels/scan-memory.js';

const WINDOW_BYTES = 8;
/** Of the filter: as few bits as keep it in a near cache, as many as let one window in a thousand pass. */
const FEWEST_BITS = 15;
const MOST_BITS = 24;
/** So many patterns may share a window of eight bytes. */
const MOST_ALIKE = 64;

/** A byte string to be met again, and which of its parts may start a search. */
export interface Pattern<Owner> {
  readonly bytes: Uint8Array;
  /** Windows of eight bytes begin in [anchorFrom, anchorTo - 8] at every `stride` bytes. */
  readonly anchorFrom: number;
  readonly anchorTo: number;
  readonly stride: number;
  /** A match shorter than this is none. */
  readonly least: number;
  readonly owner: Owner;
}

export interface PatternMatch<Owner> {
  readonly owner: Owner;
  /** Index into the window, and how long the match is: it may be a part of the pattern. */
  readonly at: number;
  readonly length: number;
}

/**
 * Finds many byte strings, and pieces of them, at any offset in one pass: a filter over eight-byte windows, then a map,
 * then the bytes themselves to both sides. A copy that was cut or overwritten in part is met by what is left of it.
 */
export class PatternTable<Owner> {
  readonly #patterns: Pattern<Owner>[] = [];
  readonly #windows: WindowMap;
  #filterBits = FEWEST_BITS;

  constructor(mostWindows: number) {
    this.#windows = new WindowMap(mostWindows);
  }

  get isEmpty(): boolean {
    return this.#windows.count === 0;
  }

  /** False where the table is full. */
  add(pattern: Pattern<Owner>): boolean {
    const { bytes, anchorFrom, anchorTo, stride } = pattern;
    const last = Math.min(anchorTo, bytes.length) - WINDOW_BYTES;
    const index = this.#patterns.push(pattern) - 1;
    for (let inside = anchorFrom; inside <= last; inside += stride) {
      if (new Set(bytes.subarray(inside, inside + WINDOW_BYTES)).size < 4) continue;
      if (!this.#windows.add(wordAt(bytes, inside), wordAt(bytes, inside + 4), index, inside)) return false;
    }
    return true;
  }

  /** Lays the filter into the memory that will be scanned: once, when everything is added. */
  load(memory: ScanMemory): void {
    const wanted = Math.ceil(Math.log2(16 * this.#windows.count + 1));
    this.#filterBits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, wanted));
    const shift = 32 - this.#filterBits;
    const { filter } = memory;
    filter.fill(0, 0, 1 << (this.#filterBits - 3));
    const mark = (bit: number) => (filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7)));
    this.#windows.forEachHash((hash) => {
      mark(hash >>> shift);
      mark(rehash(hash) >>> shift);
    });
  }

  /** Every match that begins or is met in `span`; the same copy may be told more than once. */
  scan(window: Window, span: Span, visit: (match: PatternMatch<Owner>) => void): void {
    const { memory, bytes } = window;
    memory.search(
      span.from,
      Math.min(span.to, window.to - WINDOW_BYTES + 1),
      (from, to, out) => memory.kernels.windowPlaces(from, to, memory.filterAt, 32 - this.#filterBits, out),
      (at) => {
        this.#windows.forEach(wordAt(bytes, at), wordAt(bytes, at + 4), (index, inside) => {
          const pattern = this.#patterns[index];
          const match = pattern === undefined ? null : extend(window, at, pattern, inside);
          if (match !== null) visit(match);
        });
      },
    );
  }
}

/** Where in which pattern eight bytes stand, as a few flat arrays: half a million windows are ten megabytes. */
class WindowMap {
  count = 0;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  readonly #pattern: Int32Array;
  readonly #inside: Int32Array;

  constructor(most: number) {
    this.#heads = new Int32Array(1 << Math.ceil(Math.log2(most))).fill(-1);
    [this.#next, this.#low, this.#high, this.#pattern, this.#inside] = [0, 1, 2, 3, 4].map(
      () => new Int32Array(most),
    ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  }

  add(low: number, high: number, pattern: number, inside: number): boolean {
    if (this.count >= this.#next.length) return false;
    let alike = 0;
    this.forEach(low, high, () => alike++);
    if (alike >= MOST_ALIKE) return true;
    const head = this.#headOf(hashOfEight(low, high));
    const entry = this.count++;
    this.#next[entry] = this.#heads[head] ?? -1;
    this.#heads[head] = entry;
    this.#low[entry] = low;
    this.#high[entry] = high;
    this.#pattern[entry] = pattern;
    this.#inside[entry] = inside;
    return true;
  }

  forEach(low: number, high: number, visit: (pattern: number, inside: number) => void): void {
    let entry = this.#heads[this.#headOf(hashOfEight(low, high))] ?? -1;
    for (; entry >= 0; entry = this.#next[entry] ?? -1) {
      if (this.#low[entry] === low && this.#high[entry] === high) {
        visit(this.#pattern[entry] ?? 0, this.#inside[entry] ?? 0);
      }
    }
  }

  forEachHash(visit: (hash: number) => void): void {
    for (let entry = 0; entry < this.count; entry++) visit(hashOfEight(this.#low[entry] ?? 0, this.#high[entry] ?? 0));
  }

  #headOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.#heads.length - 1);
  }
}

function extend<Owner>(
  { bytes, from, to }: Window,
  at: number,
  pattern: Pattern<Owner>,
  inside: number,
): PatternMatch<Owner> | null {
  let before = 0;
  while (before < inside && at - before > from && bytes[at - before - 1] === pattern.bytes[inside - before - 1])
    before++;
  let after = 0;
  while (
    inside + after < pattern.bytes.length &&
    at + after < to &&
    bytes[at + after] === pattern.bytes[inside + after]
  ) {
    after++;
  }
  const length = before + after;
  return length < pattern.least ? null : { owner: pattern.owner, at: at - before, length };
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}
