import { applyCfi } from './apply-cfi.js';
import { applyWin } from './apply-win.js';
import type { Architecture } from './architecture.js';
import type { Caller, CallerOrEnd } from './frame.js';
import { Registers } from './registers.js';
import { findReturnAddress, savedFramePointer, scanWords } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';

const WORD = 4;
const CALLEE_SAVED = ['ebp', 'ebx', 'edi', 'esi'];

export const x86: Architecture = {
  callAdjustment: 1,
  callerByCfi,
  callerByFramePointer,
  callerByScan,
  callerByLeafRule,
  makesProgress: (caller, callee, { file }) =>
    caller.registers.number(file.stackPointer) > callee.registers.number(file.stackPointer),
};

function calleeSaved({ file }: ThreadWalk): number[] {
  return CALLEE_SAVED.map((name) => file.names.indexOf(name));
}

/** STACK WIN before STACK CFI. */
function callerByCfi(walk: ThreadWalk): CallerOrEnd | null {
  const { frame, file } = walk;
  if (frame.unwind === null || !frame.registers.has(file.stackPointer)) return null;
  const { win, cfi } = frame.unwind;
  const caller = win === null ? null : applyWin(walk, win);
  return caller ?? (cfi === null ? null : applyCfi(walk, cfi, calleeSaved(walk)));
}

/** The code is where a call went astray: its return address is still on top of the stack, and all registers are the caller's. */
function callerByLeafRule(walk: ThreadWalk): Caller | null {
  const { file, frame, stack, code } = walk;
  const sp = frame.registers.number(file.stackPointer);
  if (!stack.loadAligned(sp) || !code.isReturnAddress(stack.low, stack.high)) return null;
  const caller = new Registers(file.names.length);
  for (const register of calleeSaved(walk)) caller.copy(register, frame.registers);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, sp + WORD);
  return { registers: caller, trust: 'scan' };
}

/** ebp points at the caller's ebp, with the return address above it. Nothing is judged: what comes of it is, later. */
function callerByFramePointer({ file, frame, stack }: ThreadWalk): Caller | null {
  const bp = frame.registers.number(file.framePointer);
  if (!stack.load(bp + WORD)) return null;
  const returnAddress = stack.low;
  if (!stack.load(bp)) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, returnAddress, 0);
  caller.set(file.framePointer, stack.low, 0);
  caller.setNumber(file.stackPointer, bp + 2 * WORD);
  return { registers: caller, trust: 'frame_pointer' };
}

function callerByScan(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const sp = frame.registers.number(file.stackPointer);
  const at = findReturnAddress(walk, sp, scanWords(frame));
  if (at === null) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, at + WORD);
  const bp = at === sp ? NaN : framePointerBeside(walk, at);
  if (stack.holds(bp)) caller.setNumber(file.framePointer, bp);
  return { registers: caller, trust: 'scan' };
}

/** ebp is either saved just below the return address or was never touched. */
function framePointerBeside(walk: ThreadWalk, returnAddressAt: number): number {
  const saved = savedFramePointer(walk, returnAddressAt - WORD, returnAddressAt);
  if (!Number.isNaN(saved)) return saved;
  const bp = walk.frame.registers.number(walk.file.framePointer);
  return bp >= returnAddressAt + WORD ? bp : NaN;
}
