import type { Span, Window } from './window.js';

/** A chunk of glibc: what lies before its size, the size with its flags, then what the program has of it, up to the next one's size. */
const HEAD_BYTES = 16;
const FEWEST_BYTES = 32;
/** A chunk that is longer is looked at as if it were unknown: a mask must not swallow a heap. */
const MOST_BYTES = 64 * 1024;
const MOST_BACK = 16 * 1024;
/** So many chunks in a row must follow each other: sizes are a multiple of 16, so that one alone proves little. */
const CHAIN = 3;

/**
 * What the program has of the heap chunk around [from, to), or null where none is known. An allocator writes the next free chunk's
 * address over a freed one and leaves the rest: whatever else is in the chunk belongs to the same thing.
 */
export function chunkAround(window: Window, { from, to }: Span): Span | null {
  const lowest = Math.max(window.from, from - MOST_BACK);
  for (let head = (from - HEAD_BYTES) & ~15; head >= lowest; head -= 16) {
    const size = sizeAt(window, head);
    if (size === 0) continue;
    if (head + size + 8 >= to && size <= MOST_BYTES && followsChain(window, head + size)) {
      return { from: head + HEAD_BYTES, to: head + size + 8 };
    }
  }
  return null;
}

function followsChain(window: Window, next: number): boolean {
  let head = next;
  for (let i = 1; i < CHAIN; i++) {
    const size = sizeAt(window, head);
    if (size === 0) return false;
    head += size;
    if (head + HEAD_BYTES > window.to) return i > 1;
  }
  return true;
}

/** The size in a chunk's head, or 0 where it can be none. */
function sizeAt({ words, to }: Window, head: number): number {
  if (head + HEAD_BYTES > to) return 0;
  const size = (words[(head >> 2) + 2] ?? 0) >>> 0;
  const isSmall = words[(head >> 2) + 3] === 0 && size < 0x1000_0000;
  // Bit 3 is never set; bit 1 says that the chunk was mapped alone.
  const bytes = size & ~7;
  return isSmall && (bytes & 15) === 0 && bytes >= FEWEST_BYTES && (size & 2) === 0 ? bytes : 0;
}
