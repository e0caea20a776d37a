import { expect, test } from 'vitest';
import { labelAddress, sampleDump, sampleSymbols, stackAt, synthMinidump } from './index.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('a dump begins with the signature and lists its streams', () => {
  const bytes = synthMinidump()
    .thread({ id: 7, registers: { rip: 0x1000n } })
    .bytes();
  expect(text(bytes.subarray(0, 4))).toBe('MDMP');
  const view = new DataView(bytes.buffer);
  expect(view.getUint32(8, true)).toBe(3);
});

test('big-endian dumps begin the other way round', () => {
  expect(text(synthMinidump({ littleEndian: false }).bytes().subarray(0, 4))).toBe('PMDM');
});

test('a drawn stack holds words, labels, places in modules and planted words', () => {
  const stack = stackAt(0x7000n)`
           | 0x1122334455667788  |
           | saved rbp -> outer  |
           | return -> app+0x120 |
           | junk                | x2
    outer: | canary              |
  `;
  const bytes = synthMinidump()
    .module({ name: '/bin/app', base: 0x40_0000n, size: 0x1000 })
    .word('canary', 0xfeedn)
    .thread({ id: 1, registers: { rsp: 0x7000n }, stack })
    .bytes();
  expect(labelAddress(stack, 'outer')).toBe(0x7028n);
  const at = bytes.findIndex((_, i) => Buffer.from(bytes.subarray(i, i + 8)).readBigUInt64LE() === 0x1122334455667788n);
  const words = new BigUint64Array(bytes.slice(at, at + 48).buffer);
  expect([...words]).toEqual([
    0x1122334455667788n,
    0x7028n,
    0x40_0120n,
    0x6b6e756a6b6e756an,
    0x6b6e756a6b6e756an,
    0xfeedn,
  ]);
});

test('what a drawing names must exist', () => {
  expect(() =>
    synthMinidump()
      .thread({ id: 1, registers: {}, stack: stackAt(0n)`| return -> nowhere+0x1 |` })
      .bytes(),
  ).toThrow('no module nowhere');
  expect(() =>
    synthMinidump()
      .thread({ id: 1, registers: { eax: 1n } })
      .bytes(),
  ).toThrow('amd64 has no register eax');
});

test('the sample is the same each time, and its symbols name its modules', () => {
  expect(sampleDump()).toEqual(sampleDump());
  const [program] = sampleSymbols();
  expect(program?.text).toMatch(/^MODULE Linux x86_64 7E0B1D6C4F9AD243B5508E21C7FA34900 lantern\n/);
  expect(program?.text).toContain(
    'FUNC 9310 120 0 lantern::ThumbCache::find(unsigned long)\nINLINE 0 88 2 0 9370 38\n',
  );
});
