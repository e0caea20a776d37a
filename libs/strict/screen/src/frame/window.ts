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
  /** [from, to) as it lies in the file: in more than one part where it crosses an edge of regions that do not follow each other there. */
  parts(span: Span): readonly Part[];
}

export interface Part {
  readonly place: Place;
  readonly length: number;
}

/** The place of byte `position` of a run. A dump may have tens of thousands of pieces in one. */
export function placeInRun(run: RegionRun, position: number): Place {
  const index = pieceAt(run, position);
  const inside = position - (run.starts[index] ?? 0);
  const piece = run.pieces[index];
  if (piece === undefined) return { offset: 0, address: null };
  return { offset: piece.offset + inside, address: piece.address === null ? null : piece.address + BigInt(inside) };
}

/** The piece that holds byte `position`. */
function pieceAt({ starts }: RegionRun, position: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

/** `length` bytes of a run from `position` on, by the pieces that hold them; pieces that follow each other in the file are one part. */
export function partsInRun(run: RegionRun, position: number, length: number): Part[] {
  const parts: { place: Place; length: number }[] = [];
  for (let done = 0; done < length;) {
    const place = placeInRun(run, position + done);
    const end = run.starts[pieceAt(run, position + done) + 1] ?? run.size;
    const size = Math.max(1, Math.min(length, end - position) - done);
    const last = parts.at(-1);
    if (last !== undefined && last.place.offset + last.length === place.offset) last.length += size;
    else parts.push({ place, length: size });
    done += size;
  }
  return parts;
}
