import { expect, test } from 'vitest';
import { Cursor, PieceTooShort } from './index.js';

const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

test('numbers in either byte order', () => {
  const little = new Cursor(bytes, true);
  expect([little.u8(), little.u16(), little.u32()]).toEqual([1, 0x0302, 0x0706_0504]);
  expect(new Cursor(bytes, false).u64()).toBe(0x0102_0304_0506_0708n);
  expect(new Cursor(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0), true).size64()).toBe(2 ** 32);
});

test('a place that no file has room for is Infinity, never a rounded number', () => {
  const cursor = new Cursor(bytes, true);
  cursor.seek(8);
  expect(cursor.size64()).toBe(Infinity);
});

test('nothing is read past the end, and nothing moves when it is tried', () => {
  const cursor = new Cursor(bytes.subarray(0, 3), true);
  expect(() => cursor.u32()).toThrow(PieceTooShort);
  expect(() => cursor.take(Infinity)).toThrow(PieceTooShort);
  expect(() => {
    cursor.skip(-1);
  }).toThrow(PieceTooShort);
  expect(cursor.position).toBe(0);
});

test('a count is what the rest has room for', () => {
  expect(new Cursor(bytes, true).roomFor(0xffff_ffff, 5)).toBe(3);
});
