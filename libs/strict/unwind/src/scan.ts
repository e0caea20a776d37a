import type { Frame } from './frame.js';
import type { ThreadWalk } from './thread-walk.js';

const SHORT_SCAN = 40;
/** After a frame that is sure: the first one may be a mess, and compiled-at-run-time code in between is not known. */
const LONG_SCAN = 160;
/** As far as a frame that overflows may reach below the stack: a guard page and what is next to it. */
const OVERFLOW_BYTES_MAX = 64 * 1024;
/** The largest frame that a saved frame pointer is believed to span; 99.5 % are smaller. */
const FRAME_BYTES_MAX = 128 * 1024;

export function scanWords(frame: Frame): number {
  return frame.trust === 'context' || frame.trust === 'cfi' ? LONG_SCAN : SHORT_SCAN;
}

/**
 * The address of the first of `words` stack words from `from` on that could be a return address; null where none could. A stack
 * that has overflowed has its pointer below what is mapped: then the scan begins where the saved stack does.
 */
export function findReturnAddress({ stack, code, file }: ThreadWalk, from: number, words: number): number | null {
  const start = stack.firstSavedFrom(from, OVERFLOW_BYTES_MAX);
  if (start === null) return null;
  for (let i = 0; i < words; i++) {
    const address = start + i * file.wordBytes;
    if (code.scansLeft-- <= 0 || !stack.load(address)) return null;
    if (code.isReturnAddress(stack.low, stack.high)) return address;
  }
  return null;
}

/** The word at `address` where it points up the stack, as a saved frame pointer next to a return address would; else NaN. */
export function savedFramePointer({ stack }: ThreadWalk, address: number, returnAddressAt: number): number {
  if (!stack.load(address)) return NaN;
  const saved = stack.number;
  return saved > returnAddressAt && saved - address <= FRAME_BYTES_MAX ? saved : NaN;
}
