import { expect, test } from 'vitest';
import { BufferSource, SnapshotMemory } from './index.js';

const memory = new SnapshotMemory(new BufferSource(Uint8Array.from({ length: 64 }, (_, i) => i)), [
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

test('a range outside the dump is refused', () => {
  expect(() => new BufferSource(new Uint8Array(4)).read(2, 3)).toThrow('snapshot.out-of-range');
});
