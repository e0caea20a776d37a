import { expect, test } from 'vitest';
import { type Span, bytesOf, common, without } from './seen-bytes.js';

const SIZE = 60;
const bits = (spans: readonly Span[]): boolean[] =>
  Array.from({ length: SIZE }, (_, at) => spans.some(([offset, length]) => offset <= at && at < offset + length));

/** Small spans from a seed: every case is tried again when it fails. */
function spansOf(seed: number): Span[] {
  let state = seed;
  const next = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  return Array.from({ length: next(6) }, (): Span => [next(SIZE - 12), 1 + next(12)]);
}

test('byte by byte, what both hold and what is left', () => {
  for (let seed = 1; seed < 3_000; seed++) {
    const [one, other] = [spansOf(seed), spansOf(seed * 7919)];
    const [a, b] = [bits(one), bits(other)];
    expect(bits(common(one, other))).toEqual(a.map((bit, at) => bit && b[at] === true));
    expect(bits(without(one, other))).toEqual(a.map((bit, at) => bit && b[at] !== true));
    expect(bytesOf(common(one, other)) + bytesOf(without(one, other))).toBe(a.filter(Boolean).length);
  }
});
