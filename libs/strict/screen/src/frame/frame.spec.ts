import { BufferSource } from '@crashkeep/snapshot';
import { expect, test } from 'vitest';
import { joinRegions, regionsOfDump } from './region-run.js';
import { readWindows, WindowBuffer } from './read-windows.js';

test('regions that follow each other are one run, wherever in the file they lie', () => {
  const regions = [
    { address: 0x1000n, offset: 8192, size: 4096 },
    { address: 0x2000n, offset: 0, size: 4096 },
    { address: 0x9000n, offset: 4096, size: 4096 },
  ];
  expect(joinRegions(regions, 12_288).runs.map(({ size }) => size)).toEqual([8192, 4096]);
});

test('what of a dump is not memory is searched as well', () => {
  const regions = regionsOfDump([{ address: 0x1000n, offset: 100, size: 50 }], 200);
  expect(regions.map(({ offset, size }) => [offset, size])).toEqual([
    [100, 50],
    [0, 100],
    [150, 50],
  ]);
});

test('every byte is fresh once, constant pages never, and places are those of the file', () => {
  const bytes = new Uint8Array(40 * 4096);
  for (let page = 0; page < 40; page += 3) bytes.fill(1, page * 4096, page * 4096 + 2048);
  const [run] = joinRegions([{ address: 0x4000n, offset: 0, size: bytes.length }], bytes.length).runs;
  if (run === undefined) throw new Error('no run');
  const account = { readBytes: 0, constantBytes: 0 };
  const seen = new Map<number, number>();
  for (const window of readWindows(new BufferSource(bytes), run, new WindowBuffer(8192), account)) {
    for (const { from, to } of window.fresh) {
      for (let i = from; i < to; i++) {
        const { offset, address } = window.place(i);
        if (address !== 0x4000n + BigInt(offset) || bytes[offset] !== window.bytes[i]) throw new Error('wrong place');
        seen.set(offset, (seen.get(offset) ?? 0) + 1);
      }
    }
  }
  bytes.forEach((byte, offset) => {
    if (byte === 1 && seen.get(offset) !== 1) throw new Error('not once');
  });
  expect(account).toEqual({ readBytes: bytes.length, constantBytes: 26 * 4096 });
});
