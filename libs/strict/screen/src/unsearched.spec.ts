import { randomBytes } from 'node:crypto';
import { BufferSource, SnapshotError } from '@crashkeep/snapshot';
import { expect, test } from 'vitest';
import { screen } from './screen.js';

const MEBIBYTE = 2 ** 20;
const bytes = randomBytes(6 * MEBIBYTE);
const regions = [
  { address: 0x10000n, offset: 0, size: 2 * MEBIBYTE },
  { address: 0x10000n + BigInt(2 * MEBIBYTE), offset: 2 * MEBIBYTE, size: 4 * MEBIBYTE },
];

/** A file whose bytes from `end` on cannot be had. */
class TornSource extends BufferSource {
  constructor(private readonly end: number) {
    super(bytes);
  }

  override read(offset: number, length: number): Uint8Array {
    if (offset < this.size && offset + length > this.end) throw new SnapshotError('snapshot.out-of-range');
    return super.read(offset, length);
  }
}

test('all of a dump that was searched: nothing is left over', () => {
  expect(screen(new BufferSource(bytes), regions)).toMatchObject({ status: 'complete', unsearched: [] });
});

test('what a torn file keeps back is named to the last region', () => {
  const { status, skipped, unsearched } = screen(new TornSource(5 * MEBIBYTE), regions, { windowBytes: MEBIBYTE });
  expect(status).toBe('partial');
  expect(skipped.map(({ reason }) => reason)).toContain('unreadable');
  const [rest] = unsearched;
  expect(rest).toBeDefined();
  // What was searched ends before the torn part, by no more than what is read ahead.
  expect(rest?.offset).toBeGreaterThan(3 * MEBIBYTE);
  expect(rest?.offset).toBeLessThanOrEqual(5 * MEBIBYTE);
  expect(rest).toMatchObject({ size: 6 * MEBIBYTE - (rest?.offset ?? 0) });
  expect(rest?.address).toBe(0x10000n + BigInt(rest?.offset ?? 0));
});

test('a pass without time leaves out everything, and says why', () => {
  const { status, skipped, unsearched } = screen(new BufferSource(bytes), regions, { passMilliseconds: -1 });
  expect(status).toBe('partial');
  expect(skipped).toContainEqual({ detector: 'frame', reason: 'time-budget', count: bytes.length });
  expect(unsearched).toEqual(regions);
});

test('a run beyond the budget of bytes is left out as a whole', () => {
  const { skipped, unsearched } = screen(new BufferSource(bytes), [...regions, ...regions], {
    mostBytes: 7 * MEBIBYTE,
  });
  expect(skipped).toContainEqual({ detector: 'frame', reason: 'byte-budget', count: 6 * MEBIBYTE });
  expect(unsearched).toEqual(regions);
});
