import { expect, test } from 'vitest';
import { memoryStrip } from './memory-strip.js';

const map = {
  threads: [
    { index: 0, id: 7, crashed: true, stack: { address: '0x7000', size: 0x1000 }, registers_bytes: 0 },
    { index: 1, id: 8, crashed: false, stack: null, registers_bytes: 0 },
  ],
  regions: [
    { address: '0x1000', size: 0x1000 },
    { address: '0x3000', size: 0x1000 },
    { address: '0x7000', size: 0x1000 },
  ],
  memory_bytes: 0x3000,
  annotation_bytes: 0,
};

test('regions in order; what is sealed alike is one part', () => {
  expect(memoryStrip(map, []).map(({ kind, bytes }) => [kind, bytes])).toEqual([
    ['sealed', 0x2000],
    ['stack', 0x1000],
  ]);
});

test('a granted range cuts its region, and what was read cuts that', () => {
  const strip = memoryStrip(map, [{ address: '0x7000', length: 0x1000 }], [{ address: '0x7100', length: 0x100 }]);
  expect(strip.map(({ kind, bytes }) => [kind, bytes])).toEqual([
    ['sealed', 0x2000],
    ['open', 0x100],
    ['read', 0x100],
    ['open', 0xe00],
  ]);
});

test('a dump without memory has no strip', () => {
  expect(memoryStrip({ threads: [], regions: [], memory_bytes: 0, annotation_bytes: 0 }, [])).toEqual([]);
});
