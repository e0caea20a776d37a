import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileRange } from '@crashkeep/snapshot';
import { ANSWER_BYTES_MAX, BLOCK_BYTES, RANGES_PER_ASK } from '../wire/limits.js';
import { PipeSource } from './pipe-source.js';

const FILE = Uint8Array.from({ length: 40 * BLOCK_BYTES + 123 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);

function sourceOf(file: Uint8Array, readAhead = 256 * 1024) {
  const asks: FileRange[][] = [];
  const source = new PipeSource(
    file.length,
    (ranges) => {
      asks.push([...ranges]);
      return Buffer.concat(ranges.map(({ offset, length }) => file.subarray(offset, offset + length)));
    },
    readAhead,
  );
  return { source, asks };
}

test('every range reads as from the file itself', () => {
  const { source } = sourceOf(FILE);
  fc.assert(
    fc.property(fc.nat(FILE.length), fc.nat(3 * BLOCK_BYTES), (offset, wanted) => {
      const length = Math.min(wanted, FILE.length - offset);
      expect(Buffer.compare(source.read(offset, length), FILE.subarray(offset, offset + length))).toBe(0);
    }),
  );
});

test('a miss brings its neighbours, and what was asked for once is not asked for again', () => {
  const { source, asks } = sourceOf(FILE);
  source.read(10, 4);
  source.read(4 * BLOCK_BYTES - 4, 4);
  expect(asks).toEqual([[{ offset: 0, length: 4 * BLOCK_BYTES }]]);
});

test('what is asked ahead goes together: neighbours as one range, the rest in the same round', () => {
  const { source, asks } = sourceOf(FILE);
  source.prefetch([
    { offset: 20 * BLOCK_BYTES + 5, length: 10 },
    { offset: 5, length: BLOCK_BYTES },
    { offset: FILE.length - 1, length: 4096 },
  ]);
  expect(asks).toEqual([
    [
      { offset: 0, length: 2 * BLOCK_BYTES },
      { offset: 20 * BLOCK_BYTES, length: BLOCK_BYTES },
      { offset: 40 * BLOCK_BYTES, length: 123 },
    ],
  ]);
});

test('no ask is larger than an answer may be, nor has more ranges', () => {
  const file = new Uint8Array(200 * BLOCK_BYTES);
  const { source, asks } = sourceOf(file);
  source.prefetch(Array.from({ length: 100 }, (_, i) => ({ offset: i * 2 * BLOCK_BYTES, length: 1 })));
  source.prefetch([{ offset: 0, length: file.length }]);
  for (const ask of asks) {
    expect(ask.length).toBeLessThanOrEqual(RANGES_PER_ASK);
    expect(ask.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(ANSWER_BYTES_MAX);
  }
});

test('hostile ranges are refused or clipped, never asked for', () => {
  const { source, asks } = sourceOf(FILE);
  for (const [offset, length] of [
    [-1, 4],
    [FILE.length, 1],
    [0.5, 1],
    [Number.NaN, 1],
    [0, 2 ** 53],
  ] as const) {
    expect(() => source.read(offset, length)).toThrow('snapshot.out-of-range');
  }
  source.prefetch([
    { offset: -5, length: 10 },
    { offset: Number.NaN, length: 4 },
    { offset: 2 ** 60, length: 4 },
  ]);
  expect(asks).toEqual([]);
});

test('the read set is what was read, not what was fetched', () => {
  const { source } = sourceOf(FILE);
  source.read(100, 8);
  source.read(108, 8);
  source.read(96, 4);
  source.read(5 * BLOCK_BYTES - 2, 4);
  source.read(104, 2);
  expect(source.readSet.coalesced()).toEqual([
    [96, 20],
    [5 * BLOCK_BYTES - 2, 4],
  ]);
});
