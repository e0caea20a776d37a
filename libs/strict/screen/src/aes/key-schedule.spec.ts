import { expect, test } from 'vitest';
import { expandFrom, inverseMixColumn, mixColumn } from './key-schedule.js';

test.each([
  [4, '2b7e151628aed2a6abf7158809cf4f3c', 'd014f9a8c9ee2589e13f0cc8b6630ca6'],
  [6, '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b', 'e98ba06f448c773c8ecc720401002202'],
  [8, '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'fe4890d1e6188d0b046df344706c631e'],
] as const)('FIPS 197 appendix A, %i words', (nk, key, lastRound) => {
  const words = new Int32Array(Uint8Array.from(Buffer.from(key, 'hex')).buffer);
  const schedule = expandFrom(nk, words, 0);
  expect(Buffer.from(schedule.buffer).subarray(-16).toString('hex')).toBe(lastRound);
  const groups = Math.floor(schedule.length / nk);
  for (let group = 1; group < groups; group++) {
    expect(expandFrom(nk, schedule.slice(group * nk, group * nk + nk), group)).toEqual(schedule);
  }
});

test('MixColumns is undone by its inverse', () => {
  for (const word of [0x01020304, -1, 0x7fffffff, 0x12345678]) expect(inverseMixColumn(mixColumn(word))).toBe(word);
});
