import type { Span, Window } from '../frame/window.js';

const WINDOW_BYTES = 8;
const FILTER_BITS = 1 << 24;

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
  readonly #filter = new Uint8Array(FILTER_BITS >> 3);
  readonly #windows = new Map<number, { pattern: Pattern<Owner>; inside: number }[]>();
  readonly #mostWindows: number;
  #count = 0;

  constructor(mostWindows: number) {
    this.#mostWindows = mostWindows;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** False where the table is full. */
  add(pattern: Pattern<Owner>): boolean {
    const { bytes, anchorFrom, anchorTo, stride } = pattern;
    const last = Math.min(anchorTo, bytes.length) - WINDOW_BYTES;
    for (let inside = anchorFrom; inside <= last; inside += stride) {
      if (this.#count >= this.#mostWindows) return false;
      this.#addWindow(pattern, inside);
    }
    return true;
  }

  #addWindow(pattern: Pattern<Owner>, inside: number): void {
    const { bytes } = pattern;
    if (new Set(bytes.subarray(inside, inside + WINDOW_BYTES)).size < 4) return;
    const low = wordAt(bytes, inside);
    const high = wordAt(bytes, inside + 4);
    const key = keyOf(low, high);
    const known = this.#windows.get(key);
    if (known === undefined) this.#windows.set(key, [{ pattern, inside }]);
    else if (known.length < 64) known.push({ pattern, inside });
    const hash = hashOf(low, high);
    this.#mark(hash >>> 8);
    this.#mark(Math.imul(hash, 0x2c1b3c6d) >>> 8);
    this.#count += 1;
  }

  #mark(bit: number): void {
    this.#filter[bit >>> 3] = (this.#filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  /** Every match that begins or is met in `span`; the same copy may be told more than once. */
  scan(window: Window, span: Span, visit: (match: PatternMatch<Owner>) => void): void {
    const { bytes } = window;
    const filter = this.#filter;
    const end = Math.min(span.to, window.to - WINDOW_BYTES + 1);
    if (end <= span.from) return;
    let low = wordAt(bytes, span.from - 1);
    let high = wordAt(bytes, span.from + 3);
    for (let i = span.from; i < end; i++) {
      low = (low >>> 8) | (high << 24);
      high = (high >>> 8) | ((bytes[i + 7] ?? 0) << 24);
      const hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
      const bit = hash >>> 8;
      if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
      const second = Math.imul(hash, 0x2c1b3c6d) >>> 8;
      if (((filter[second >>> 3] ?? 0) & (1 << (second & 7))) === 0) continue;
      for (const { pattern, inside } of this.#windows.get(keyOf(low, high)) ?? []) {
        const match = extend(window, i, pattern, inside);
        if (match !== null) visit(match);
      }
    }
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

function hashOf(low: number, high: number): number {
  return Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
}

/** Exact below 2^53: the windows themselves are compared afterwards. */
function keyOf(low: number, high: number): number {
  return (low >>> 0) + (high & 0x1f_ffff) * 0x1_0000_0000;
}
