import type { Span, Window } from '../frame/window.js';
import { hashOfFour } from '../kernels/hash.js';
import type { ScanMemory } from '../kernels/scan-memory.js';

const GROUPS = 8;
/** What the kernel looks at: three bytes by halves, four by a hash. */
const KEY_BYTES = 4;
const HALVES_BYTES = 96;
const FILTER_BITS = 18;
const SHIFT = 32 - FILTER_BITS;

/** A pattern, and the place in it of the four bytes that it is told by. */
interface Anchor {
  readonly index: number;
  readonly inside: number;
  readonly bytes: Uint8Array;
}

/**
 * Hundreds of literals at once: groups of them by the halves of three bytes, sixteen places a step, then a hash of four bytes, then the
 * literal itself. Each is told by those of its bytes that are rarest in memory, not by its first.
 */
export class AnchorSet {
  readonly #table: Uint8Array;
  readonly #byFour = new Map<number, Anchor[]>();
  /** Literals of three bytes. */
  readonly #byThree = new Map<number, Anchor[]>();
  readonly #mostInside: number;

  constructor(patterns: readonly Uint8Array[]) {
    const anchors = patterns.map((bytes, index) => ({ index, bytes, inside: rarestPlace(bytes) }));
    this.#mostInside = Math.max(...anchors.map(({ inside }) => inside));
    this.#table = tableOf(anchors);
    for (const anchor of anchors) {
      const key = wordAt(anchor.bytes, anchor.inside);
      const isShort = anchor.bytes.length < KEY_BYTES;
      push(isShort ? this.#byThree : this.#byFour, isShort ? key & 0xff_ffff : key, anchor);
    }
  }

  /** Lays the kernel's tables at the beginning of the memory's; they take so many bytes. */
  load(memory: ScanMemory): number {
    memory.table.set(this.#table);
    return this.#table.length;
  }

  /** Calls `hit` for each pattern that begins in `span`. The tables must be loaded. */
  scan(window: Window, span: Span, hit: (pattern: number, at: number) => void): void {
    const { memory, bytes, to } = window;
    const { kernels, tableAt } = memory;
    memory.search(
      span.from,
      Math.min(span.to + this.#mostInside, to - 2),
      (from, end, out) => kernels.anchorPlaces(from, end, tableAt, tableAt + HALVES_BYTES, SHIFT, out),
      (place) => {
        const word = wordAt(bytes, place);
        const found = this.#byFour.get(word);
        const short = this.#byThree.get(word & 0xff_ffff);
        if (found !== undefined) tell(found, window, span, place, hit);
        if (short !== undefined) tell(short, window, span, place, hit);
      },
    );
  }
}

function tell(
  anchors: readonly Anchor[],
  { bytes, from, to }: Window,
  span: Span,
  place: number,
  hit: (pattern: number, at: number) => void,
): void {
  for (const anchor of anchors) {
    const at = place - anchor.inside;
    if (at < span.from || at >= span.to || at < from || at + anchor.bytes.length > to) continue;
    if (anchor.bytes.every((byte, i) => bytes[at + i] === byte)) hit(anchor.index, at);
  }
}

function tableOf(anchors: readonly Anchor[]): Uint8Array {
  const table = new Uint8Array(HALVES_BYTES + (1 << (FILTER_BITS - 3)));
  const sorted = [...anchors].sort((a, b) => keyText(a).localeCompare(keyText(b)));
  sorted.forEach(({ bytes, inside }, i) => {
    const group = 1 << Math.floor((GROUPS * i) / sorted.length);
    for (let k = 0; k < 3; k++) {
      const byte = bytes[inside + k] ?? 0;
      mark(table, 32 * k + (byte & 15), group);
      mark(table, 32 * k + 16 + (byte >> 4), group);
    }
    const word = wordAt(bytes, inside);
    const fourths = bytes.length < KEY_BYTES ? Array.from({ length: 256 }, (_, top) => top << 24) : [0];
    for (const fourth of fourths) {
      const bit = hashOfFour(word | fourth) >>> SHIFT;
      mark(table, HALVES_BYTES + (bit >>> 3), 1 << (bit & 7));
    }
  });
  return table;
}

function mark(table: Uint8Array, at: number, bits: number): void {
  table[at] = (table[at] ?? 0) | bits;
}

const keyText = ({ bytes, inside }: Anchor): string =>
  Buffer.from(bytes.subarray(inside, inside + 3)).toString('latin1');

/** Where the four bytes begin that memory holds least of. */
function rarestPlace(bytes: Uint8Array): number {
  let best = 0;
  let bestCost = Infinity;
  for (let at = 0; at + KEY_BYTES <= bytes.length; at++) {
    const cost = bytes.subarray(at, at + KEY_BYTES).reduce((sum, byte) => sum + costOf(byte), 0);
    if (cost < bestCost) [best, bestCost] = [at, cost];
  }
  return best;
}

const COMMON_LETTERS = new Set(Buffer.from('etaoinsrhldcum_.'));

/** How often memory holds a byte, roughly: zeros, all ones, letters. */
function costOf(byte: number): number {
  if (byte === 0) return 6;
  if (byte === 0xff || byte === 1) return 4;
  return COMMON_LETTERS.has(byte) ? 2 : 1;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
