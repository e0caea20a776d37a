import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BufferSource, SnapshotMemory } from './index.js';

const source = new BufferSource(Uint8Array.from({ length: 64 }, (_, i) => i));
const memory = new SnapshotMemory(source, [
  { address: 0x7000n, size: 16, offset: 32 },
  { address: 0x1000n, size: 32, offset: 0 },
]);

test('reads by address, wherever the region lies in the dump', () => {
  expect([...(memory.read(0x7004n, 2) ?? [])]).toEqual([36, 37]);
  expect(memory.readWord(0x1000n, 4)).toBe(0x03020100n);
});

test("what was not saved is null, also past a region's end", () => {
  expect(memory.read(0x0fffn, 1)).toBeNull();
  expect(memory.read(0x1020n, 1)).toBeNull();
  expect(memory.read(0x700fn, 2)).toBeNull();
});

test('a view of what there is stops at the end of the region', () => {
  expect([...(memory.readUpTo(0x700en, 8) ?? [])]).toEqual([46, 47]);
  expect(memory.readUpTo(0x7010n, 8)).toBeNull();
});

test('a range outside the dump is refused', () => {
  expect(() => new BufferSource(new Uint8Array(4)).read(2, 3)).toThrow('snapshot.out-of-range');
});

test('of regions that overlap the one that starts first keeps the address, and what sticks out is kept', () => {
  const overlapping = new SnapshotMemory(source, [
    { address: 0x1004n, size: 4, offset: 40 },
    { address: 0x1000n, size: 16, offset: 0 },
    { address: 0x100en, size: 8, offset: 50 },
  ]);
  expect([...(overlapping.read(0x1004n, 12) ?? [])]).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect([...(overlapping.read(0x1010n, 6) ?? [])]).toEqual([52, 53, 54, 55, 56, 57]);
});

test('neighbours stay apart', () => {
  const split = new SnapshotMemory(source, [
    { address: 0x1008n, size: 8, offset: 8 },
    { address: 0x1000n, size: 8, offset: 0 },
  ]);
  expect(split.regions.map(({ address }) => address)).toEqual([0x1000n, 0x1008n]);
  expect(split.regionAt(0x1008n)?.offset).toBe(8);
});

test('any regions, in any order: each byte is that of the region that starts first, the longer one of two that start together', () => {
  const region = fc.record({ start: fc.nat(60), size: fc.nat(24), offset: fc.nat(39) });
  fc.assert(
    fc.property(fc.array(region, { maxLength: 8 }), (drawn) => {
      const random = new SnapshotMemory(
        source,
        drawn.map(({ start, size, offset }) => ({ address: BigInt(start), size, offset })),
      );
      for (let at = 0; at < 90; at++) {
        const holders = drawn.filter(({ start, size }) => at >= start && at < start + size);
        const read = random.read(BigInt(at), 1)?.[0] ?? null;
        const bytes = holders.map(({ start, offset }) => offset + at - start);
        expect(holders.length === 0 ? read === null : bytes.includes(read ?? -1)).toBe(true);
        const first = holders.sort((a, b) => a.start - b.start || b.size - a.size)[0];
        const alone = drawn.filter(({ start, size }) => start === first?.start && size === first.size).length === 1;
        if (first !== undefined && alone) expect(read).toBe(first.offset + at - first.start);
      }
      random.regions.forEach(({ address, size }, i) => {
        const next = random.regions[i + 1];
        expect(next === undefined || address + BigInt(size) <= next.address).toBe(true);
      });
    }),
  );
});
