import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANT_RANGES_MAX } from './limits.js';
import { type RegionMap, resolveScope } from './resolve-scope.js';
import { locate } from './grant-range.js';

//  file    0x100        0x200         0x400        0x500
//          | stack 0    | heap page 1 | heap page 2 | stack 2
//  memory  0x7000       0x1000        0x1100        0x7100
const MAP: RegionMap = {
  fileBytes: 0x600,
  regions: [
    { address: 0x7000n, size: 0x100, offset: 0x100 },
    { address: 0x1000n, size: 0x100, offset: 0x200 },
    { address: 0x1100n, size: 0x100, offset: 0x400 },
    { address: 0x7100n, size: 0x100, offset: 0x500 },
  ],
  stacks: [{ address: 0x7000n, size: 0x100, offset: 0x100 }, null, { address: 0x7100n, size: 0x100, offset: 0x500 }],
  contexts: [],
  annotations: [],
};

test('the stack of a thread is its bytes in the file', () => {
  expect(resolveScope({ kind: 'stack', threads: [2, 0, 2] }, MAP)).toEqual([
    { address: '0x7000', part: null, offset: 0x100, length: 0x100 },
    { address: '0x7100', part: null, offset: 0x500, length: 0x100 },
  ]);
});

test.each([1, 3, 4096])('thread %d has no stack to give', (thread) => {
  expect(() => resolveScope({ kind: 'stack', threads: [thread] }, MAP)).toThrow('access.thread-unknown');
});

test('registers, annotations and the whole file are places without an address', () => {
  const part = 'b0e42fe7-31a5-4894-a441-007e5256afea';
  const map: RegionMap = {
    ...MAP,
    contexts: [{ offset: 0x10, size: 0x20 }, null, { offset: 0x30, size: 0x20 }],
    annotations: [{ part, bytes: 77 }],
  };
  expect(resolveScope({ kind: 'registers', threads: [2, 0] }, map)).toEqual([
    { address: null, part: null, offset: 0x10, length: 0x40 },
  ]);
  expect(resolveScope({ kind: 'annotations' }, map)).toEqual([{ address: null, part, offset: 0, length: 77 }]);
  expect(resolveScope({ kind: 'whole' }, map)).toEqual([{ address: null, part: null, offset: 0, length: 0x600 }]);
  expect(() => resolveScope({ kind: 'registers', threads: [1] }, map)).toThrow('access.thread-unknown');
  expect(() => resolveScope({ kind: 'annotations' }, MAP)).toThrow('access.range-not-saved');
  const annotations = resolveScope({ kind: 'annotations' }, map);
  expect(locate(annotations, { part, offset: 70, length: 7 })).toEqual([{ part, offset: 70, length: 7 }]);
  expect(locate(annotations, { part, offset: 70, length: 8 })).toBeNull();
  expect(locate(annotations, { offset: 0, length: 1 })).toBeNull();
  expect(locate(resolveScope({ kind: 'whole' }, map), { part, offset: 0, length: 1 })).toBeNull();
});

test('a range over two regions is two pieces of the file', () => {
  const ranges = resolveScope({ kind: 'memory', ranges: [{ address: '0x10f0', length: 0x20 }] }, MAP);
  expect(ranges).toEqual([
    { address: '0x10f0', part: null, offset: 0x2f0, length: 0x10 },
    { address: '0x1100', part: null, offset: 0x400, length: 0x10 },
  ]);
});

test.each([
  ['before a region', '0xfff'],
  ['past the last', '0x7200'],
  ['in a gap', '0x1200'],
])('a byte %s was not saved', (_what, address) => {
  const scope = { kind: 'memory' as const, ranges: [{ address, length: 2 }] };
  expect(() => resolveScope(scope, MAP)).toThrow('access.range-not-saved');
});

test('a map that points past the end of its file gives nothing', () => {
  const lying = { ...MAP, fileBytes: 0x180 };
  expect(() => resolveScope({ kind: 'stack', threads: [0] }, lying)).toThrow('access.range-not-saved');
});

test('stacks that claim one address are refused', () => {
  const stack = { address: 0x7000n, size: 0x100, offset: 0x100 };
  const twice = { ...MAP, stacks: [stack, { ...stack, offset: 0x120 }] };
  expect(() => resolveScope({ kind: 'stack', threads: [0, 1] }, twice)).toThrow('access.ranges-overlap');
});

test('a scope that falls into too many pieces is refused', () => {
  const regions = Array.from({ length: GRANT_RANGES_MAX + 1 }, (_, at) => ({
    address: BigInt(0x1000 + at * 16),
    size: 16,
    offset: (GRANT_RANGES_MAX - at) * 16,
  }));
  const scope = { kind: 'memory' as const, ranges: [{ address: '0x1000', length: regions.length * 16 }] };
  expect(() => resolveScope(scope, { fileBytes: 1e9, regions, stacks: [], contexts: [], annotations: [] })).toThrow(
    'access.too-many-ranges',
  );
});

const region = fc.record({
  address: fc.bigInt({ min: 0n, max: 300n }),
  size: fc.nat(60),
  offset: fc.nat(1000),
});

test('whatever the map says, pieces tile what was asked, byte for byte by the rule of the walker', () => {
  const asked = fc.record({ address: fc.nat(300), length: fc.integer({ min: 1, max: 80 }) });
  fc.assert(
    fc.property(fc.array(region, { maxLength: 12 }), asked, (regions, { address, length }) => {
      const map = { fileBytes: 2000, regions, stacks: [], contexts: [], annotations: [] };
      const range = { address: `0x${address.toString(16)}`, length };
      const byByte = Array.from({ length }, (_, at) => offsetOf(regions, BigInt(address + at)));
      if (byByte.includes(null)) {
        expect(() => resolveScope({ kind: 'memory', ranges: [range] }, map)).toThrow('access.range-not-saved');
        return;
      }
      const pieces = locate(resolveScope({ kind: 'memory', ranges: [range] }, map), range) ?? [];
      expect(pieces.flatMap((piece) => Array.from({ length: piece.length }, (_, at) => piece.offset + at))).toEqual(
        byByte,
      );
    }),
    { numRuns: 500 },
  );
});

/** The region that starts last at or below an address has it; of those that start together, the one listed last. */
function offsetOf(regions: RegionMap['regions'], at: bigint): number | null {
  const sorted = [...regions].sort((a, b) => Number(a.address - b.address));
  const holder = sorted.findLast(({ address }) => address <= at);
  if (holder === undefined || at >= holder.address + BigInt(holder.size)) return null;
  return holder.offset + Number(at - holder.address);
}
