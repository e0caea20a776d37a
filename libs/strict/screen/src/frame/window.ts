import type { ScanMemory } from '../kernels/scan-memory.js';
import type { RegionRun } from './region-run.js';

/** Where something lies: in the file, and in the process where that is known. */
export interface Place {
  readonly offset: number;
  readonly address: bigint | null;
}

/** [from, to) of a window's bytes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A piece of a run in memory, with what lies before and behind it. Index and address agree modulo 4096, so a word of the
 * process is a word of `words`. A hit belongs to the window in whose `fresh` spans it starts; it may be read on to `to`.
 * The bytes are the reader's own and change with the next window: copy what must outlive it.
 */
export interface Window {
  /** Searches these bytes. */
  readonly memory: ScanMemory;
  readonly bytes: Uint8Array;
  /** The same memory in words of the host, which is little-endian. */
  readonly words: Int32Array;
  /** First and one past the last index that hold bytes of the run. */
  readonly from: number;
  readonly to: number;
  /** What is new here and not constant. */
  readonly fresh: readonly Span[];
  place(index: number): Place;
}

/** The place of byte `position` of a run. A dump may have tens of thousands of pieces in one. */
export function placeInRun({ pieces, starts }: RegionRun, position: number): Place {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  const inside = position - (starts[low] ?? 0);
  const piece = pieces[low];
  if (piece === undefined) return { offset: 0, address: null };
  return { offset: piece.offset + inside, address: piece.address === null ? null : piece.address + BigInt(inside) };
}
