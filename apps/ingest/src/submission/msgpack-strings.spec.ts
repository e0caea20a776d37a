import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTopLevelStrings } from './msgpack-strings.js';

const NAMES = ['release', 'environment'];

function fixed(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xa0 | text.length]), Buffer.from(text)]);
}

/** Every type of the specification, once, none of them to be read. */
const EVERYTHING = [
  ...['c0', 'c2', 'c3', '05', 'e0', 'cc01', 'cd0102', 'ce01020304', 'cf0102030405060708'],
  ...['d0ff', 'd1ffff', 'd2ffffffff', 'd3ffffffffffffffff', 'ca00000000', 'cb0000000000000000'],
  ...['c402aabb', 'c50002aabb', 'c600000002aabb', 'd902aabb', 'da0002aabb', 'db00000002aabb', 'a0'],
  ...['d40101', 'd5010101', 'd60101010101', 'd7010101010101010101', `d801${'00'.repeat(16)}`],
  ...['c70101ff', 'c8000101ff', 'c90000000101ff'],
  ...['90', '9201c0', 'dc000201c0', 'dd0000000201c0', '80', '81a161c0', 'de0001a161c0', 'df00000001a161c0'],
];

test('strings at the top are found behind every type of value', () => {
  const skipped = EVERYTHING.flatMap((hex) => [fixed('x'), Buffer.from(hex, 'hex')]);
  const count = Buffer.alloc(3);
  count[0] = 0xde;
  count.writeUInt16BE(EVERYTHING.length + 2, 1);
  const bytes = Buffer.concat([count, ...skipped, fixed('release'), fixed('app@1'), fixed('environment'), fixed('qa')]);
  expect(Object.fromEntries(readTopLevelStrings(bytes, NAMES) ?? [])).toEqual({ release: 'app@1', environment: 'qa' });
});

test('of a name deeper down, or with another value, nothing is taken', () => {
  const inner = Buffer.concat([Buffer.from([0x81]), fixed('release'), fixed('inner')]);
  const bytes = Buffer.concat([
    Buffer.from([0x82]),
    fixed('contexts'),
    inner,
    fixed('environment'),
    Buffer.from([0x01]),
  ]);
  expect(readTopLevelStrings(bytes, NAMES)?.size).toBe(0);
});

test('what is no map, ends early, lies of its length or is too deep is null', () => {
  const texts = [
    '',
    '00',
    '81',
    '81a161',
    '81a161a5',
    'df00000001',
    '81a161ddffffffff',
    '81a161dfffffffff',
    '81a161c1',
  ];
  for (const hex of [...texts, `81a161${'91'.repeat(40)}c0`]) {
    expect(readTopLevelStrings(Buffer.from(hex, 'hex'), NAMES)).toBeNull();
  }
});

test('any bytes end in a map or null', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readTopLevelStrings(Buffer.concat([Buffer.from([0x8f]), bytes]), NAMES);
    }),
    { numRuns: 2000 },
  );
});
