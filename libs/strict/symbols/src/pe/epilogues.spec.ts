import { expect, test } from 'vitest';
import { findEpilogues } from './epilogues.js';
import { ENTRY_STATE, type FrameState } from './frame-state.js';

const [RBX, RSI, R12] = [3, 6, 12];

function frame(allocated: number, ...pushed: number[]): FrameState {
  return { ...ENTRY_STATE, pushed, depth: 8 * (pushed.length + 1) + allocated };
}

test('add rsp; pop; pop; ret', () => {
  const code = Uint8Array.of(0x90, 0x48, 0x83, 0xc4, 0x28, 0x5e, 0x5b, 0xc3, 0xcc);
  expect(findEpilogues(code, frame(0x28, RBX, RSI))).toEqual([
    { at: 5, left: 2 },
    { at: 6, left: 1 },
    { at: 7, left: 0 },
  ]);
});

test('lea rsp, [rbp + n]; pop r12; jump to another function', () => {
  const code = Uint8Array.of(0x48, 0x8d, 0x65, 0x10, 0x41, 0x5c, 0xe9, 0x00, 0x10, 0x00, 0x00);
  expect(findEpilogues(code, frame(0x40, R12))).toEqual([
    { at: 4, left: 1 },
    { at: 6, left: 0 },
  ]);
});

test('a return in the middle of an instruction, pops of other registers, a jump inside the function: no epilogue', () => {
  expect(findEpilogues(Uint8Array.of(0x48, 0xb8, 0xc3, 0, 0, 0), frame(0x28, RBX))).toEqual([]);
  expect(findEpilogues(Uint8Array.of(0x48, 0x83, 0xc4, 0x28, 0x5e, 0xc3), frame(0x28, RBX))).toEqual([]);
  expect(findEpilogues(Uint8Array.of(0x5b, 0xc3), frame(0x28, RBX))).toEqual([]);
  expect(findEpilogues(Uint8Array.of(0xeb, 0x00, 0x90), frame(0))).toEqual([]);
});
