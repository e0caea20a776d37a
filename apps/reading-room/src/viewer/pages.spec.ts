import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_BYTES, pageAt, rangeHolding, rowAt, rowCount, rowOf } from './pages.js';

const ranges = [
  { address: '0x1000', length: 40 },
  { address: '0x9008', length: 2000 },
];

test('rows lie one after another, the last of a range may be short', () => {
  expect(rowCount(ranges)).toBe(3 + 125);
  expect(rowAt(ranges, 2)).toEqual({
    address: 0x1020n,
    length: 8,
    page: { address: 0x1000n, length: 40 },
    first: false,
  });
  expect(rowAt(ranges, 3)).toMatchObject({ address: 0x9008n, length: 16, first: true });
  expect(rowAt(ranges, 128)).toBeNull();
});

test('no page asks for a byte outside its range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat({ max: 4999 }), (length, at) => {
      fc.pre(at < length);
      const { address, length: asked } = pageAt({ address: '0x1008', length }, 0x1008n + BigInt(at));
      expect(address >= 0x1008n && Number(address - 0x1008n) + asked <= length).toBe(true);
      expect(asked).toBeLessThanOrEqual(PAGE_BYTES);
    }),
  );
});

test('an address finds its row, and only where it is granted', () => {
  expect(rowOf(ranges, 0x1027n)).toBe(2);
  expect(rowOf(ranges, 0x1028n)).toBeNull();
  expect(rowOf(ranges, 0x9008n)).toBe(3);
  expect(rangeHolding(ranges, 0x9007n)).toBeNull();
});
