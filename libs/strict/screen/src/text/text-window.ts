import type { Window } from '../frame/window.js';

/** Text of a window, one character a byte or two, and how to get from a character back to a byte. */
export interface TextView {
  readonly text: string;
  /** Index into the window of character `i`. */
  byteOf(i: number): number;
}

/** UTF-16, little-endian, as most systems keep it; both alignments occur. */
export function wide(pattern: Uint8Array): Uint8Array {
  const doubled = new Uint8Array(2 * pattern.length);
  pattern.forEach((byte, i) => (doubled[2 * i] = byte));
  return doubled;
}

/** At most `most` characters from `at` on. Wide text ends where a high byte is not zero. */
export function textFrom({ bytes, to }: Window, at: number, isWide: boolean, most: number): TextView {
  const step = isWide ? 2 : 1;
  const end = Math.min(to, at + step * most);
  return { text: isWide ? narrowed(bytes, at, end) : latin(bytes, at, end), byteOf: (i) => at + step * i };
}

/** At most `most` characters before `at`, up to it. */
export function textBefore({ bytes, from }: Window, at: number, isWide: boolean, most: number): TextView {
  const step = isWide ? 2 : 1;
  let start = Math.max(from, at - step * most);
  if (isWide) {
    start += (at - start) & 1;
    for (let i = at - 1; i > start; i -= 2) if (bytes[i] !== 0) start = i + 1;
  }
  return { text: isWide ? narrowed(bytes, start, at) : latin(bytes, start, at), byteOf: (i) => start + step * i };
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString('latin1');
}

function narrowed(bytes: Uint8Array, from: number, to: number): string {
  const narrow = Buffer.alloc(Math.max(0, (to - from) >> 1));
  let length = 0;
  for (let i = from; i + 1 < to && bytes[i + 1] === 0; i += 2) narrow[length++] = bytes[i] ?? 0;
  return narrow.toString('latin1', 0, length);
}
