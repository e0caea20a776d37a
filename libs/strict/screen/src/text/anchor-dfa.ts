import type { Span, Window } from '../frame/window.js';

const ACCEPTS = 0x8000;
const STATE = 0x7fff;

/**
 * Aho and Corasick's automaton with every transition written out: one look-up a byte, whatever the number of patterns.
 * At most 32,767 states.
 */
export class AnchorDfa {
  readonly #next: Uint16Array;
  /** Patterns that end in a state. */
  readonly #ends: readonly (readonly number[])[];
  readonly #lengths: readonly number[];
  readonly #longest: number;

  constructor(patterns: readonly Uint8Array[]) {
    const trie = buildTrie(patterns);
    if (trie.children.length > STATE) throw new RangeError('anchors.too-many-states');
    this.#lengths = patterns.map(({ length }) => length);
    this.#longest = Math.max(...this.#lengths);
    const { next, ends } = closeTrie(trie);
    this.#next = next;
    this.#ends = ends;
  }

  /** Calls `hit` for each pattern that begins in `span`, in the order in which they end. False from `hit` stops. */
  scan(window: Window, span: Span, hit: (pattern: number, at: number) => void): void {
    const { bytes } = window;
    const next = this.#next;
    const end = Math.min(window.to, span.to + this.#longest - 1);
    let state = 0;
    for (let i = span.from; i < end; i++) {
      state = next[((state & STATE) << 8) | (bytes[i] ?? 0)] ?? 0;
      if ((state & ACCEPTS) === 0) continue;
      for (const pattern of this.#ends[state & STATE] ?? []) {
        const at = i + 1 - (this.#lengths[pattern] ?? 0);
        if (at < span.to) hit(pattern, at);
      }
    }
  }
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly ends: number[][];
}

function buildTrie(patterns: readonly Uint8Array[]): Trie {
  const children = [new Map<number, number>()];
  const ends: number[][] = [[]];
  patterns.forEach((pattern, index) => {
    let state = 0;
    for (const byte of pattern) {
      let child = children[state]?.get(byte);
      if (child === undefined) {
        child = children.push(new Map()) - 1;
        ends.push([]);
        children[state]?.set(byte, child);
      }
      state = child;
    }
    ends[state]?.push(index);
  });
  return { children, ends };
}

/** Breadth first: the row of a state is its fallback's with its own children written over it. */
function closeTrie({ children, ends }: Trie): { next: Uint16Array; ends: number[][] } {
  const next = new Uint16Array(children.length * 256);
  const fallback = new Uint16Array(children.length);
  const queue = [0];
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    if (state !== 0) next.copyWithin(state * 256, back * 256, back * 256 + 256);
    for (const [byte, child] of children[state] ?? []) {
      const target = state === 0 ? 0 : (next[back * 256 + byte] ?? 0) & STATE;
      fallback[child] = target;
      ends[child]?.push(...(ends[target] ?? []));
      next[state * 256 + byte] = child | (ends[child]?.length === 0 ? 0 : ACCEPTS);
      queue.push(child);
    }
  }
  return { next, ends };
}
