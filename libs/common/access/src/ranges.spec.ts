import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseAddressRanges, spanOf } from './address-range.js';
import { containsFileRange, mergeFileRanges, requireFileRange } from './file-range.js';

describe('what is no range', () => {
  test.each([
    ['a byte before the first', '-0x1', 1, 'access.range-malformed'],
    ['a decimal', '4096', 1, 'access.range-malformed'],
    ['upper case', '0xAB', 1, 'access.range-malformed'],
    ['leading zeros', '0x00ab', 1, 'access.range-malformed'],
    ['65 bits', '0x10000000000000000', 1, 'access.range-malformed'],
    ['a negative length', '0x1000', -1, 'access.range-malformed'],
    ['half a byte', '0x1000', 0.5, 'access.range-malformed'],
    ['2^53 + 1', '0x1000', 2 ** 53 + 2, 'access.range-malformed'],
    ['nothing', '0x1000', 0, 'access.range-empty'],
    ['past the end of the address space', '0xffffffffffffffff', 2, 'access.range-wraps'],
  ])('%s', (_what, address, length, code) => {
    expect(() => spanOf({ address, length })).toThrow(code);
  });

  test.each([
    [-1, 4, 'access.range-malformed'],
    [0, -4, 'access.range-malformed'],
    [0.5, 4, 'access.range-malformed'],
    [2 ** 53, 4, 'access.range-malformed'],
    [Number.NaN, 4, 'access.range-malformed'],
    [0, 0, 'access.range-empty'],
    [2 ** 53 - 2, 4, 'access.range-wraps'],
  ])('file offset %d, length %d', (offset, length, code) => {
    expect(() => {
      requireFileRange({ offset, length });
    }).toThrow(code);
  });
});

test('the last byte of the address space is a range', () => {
  expect(spanOf({ address: '0xffffffffffffffff', length: 1 }).end).toBe(1n << 64n);
});

test('asked ranges: overlap, a million, too long, none', () => {
  const at = (address: string, length: number) => ({ address, length });
  expect(() => normaliseAddressRanges([at('0x1000', 17), at('0x1010', 1)])).toThrow('access.ranges-overlap');
  expect(() => normaliseAddressRanges([at('0x1000', 8), at('0x1000', 8)])).toThrow('access.ranges-overlap');
  expect(() => normaliseAddressRanges(Array.from({ length: 1_000_000 }, () => at('0x1', 1)))).toThrow(
    'access.too-many-ranges',
  );
  expect(() => normaliseAddressRanges([at('0x1000', 1024 * 1024 + 1)])).toThrow('access.range-too-long');
  expect(() => normaliseAddressRanges([])).toThrow('access.range-empty');
});

test('neighbours are joined, order does not matter', () => {
  const asked = [
    { address: '0x2000', length: 16 },
    { address: '0x1ff0', length: 16 },
  ];
  expect(normaliseAddressRanges(asked)).toEqual([{ address: '0x1ff0', length: 32 }]);
});

const smallRange = fc.record({ offset: fc.nat(200), length: fc.integer({ min: 1, max: 40 }) });
const bytesOf = ({ offset, length }: { offset: number; length: number }): number[] =>
  Array.from({ length }, (_, at) => offset + at);

test('a union holds exactly the bytes of its ranges, sorted and apart', () => {
  fc.assert(
    fc.property(fc.array(smallRange, { maxLength: 12 }), (ranges) => {
      const union = mergeFileRanges(ranges);
      expect(union.flatMap(bytesOf)).toEqual([...new Set(ranges.flatMap(bytesOf))].sort((a, b) => a - b));
      union.slice(1).forEach((range, at) => {
        const before = union[at];
        expect(range.offset).toBeGreaterThan((before?.offset ?? 0) + (before?.length ?? 0));
      });
    }),
  );
});

test('a range is contained when each of its bytes is', () => {
  fc.assert(
    fc.property(fc.array(smallRange, { maxLength: 8 }), smallRange, (ranges, asked) => {
      const granted = new Set(ranges.flatMap(bytesOf));
      const inside = bytesOf(asked).every((byte) => granted.has(byte));
      expect(containsFileRange(mergeFileRanges(ranges), asked)).toBe(inside);
    }),
  );
});
