import { expect, test } from 'vitest';
import { typedValues } from './typed-values.js';

const rows = (bytes: number[]): Record<string, string> => Object.fromEntries(typedValues(Uint8Array.from(bytes)));

test('eight bytes as what they may be', () => {
  expect(rows([0xb1, 3, 0, 0, 0, 0, 0, 0])).toMatchObject({ u8: '177', u32: '945', u64: '945', pointer: '0x3b1' });
  expect(rows([0xff, 0xff, 0xff, 0xff])).toMatchObject({ i32: '-1', u32: '4294967295' });
});

test('text from four letters on; nothing where nothing was read', () => {
  expect(rows([...Buffer.from('shard=eu\0')])).toMatchObject({ text: 'shard=eu' });
  expect(rows([...Buffer.from('abc\0')]).text).toBeUndefined();
  expect(rows([])).toEqual({});
});
