import { applyCfi } from './apply-cfi.js';
import type { Architecture } from './architecture.js';
import { type Caller, type CallerOrEnd, type Frame, OUTERMOST } from './frame.js';
import { Registers } from './registers.js';
import { findReturnAddress, scanWords } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';

const WORD = 4;
const CALLEE_SAVED = ['r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'fp'];

export const arm: Architecture = {
  callAdjustment: 2,
  callerByCfi,
  callerByFramePointer,
  callerByScan,
  callerByLeafRule,
  makesProgress,
};

function calleeSaved({ file }: ThreadWalk): number[] {
  return CALLEE_SAVED.map((name) => file.names.indexOf(name));
}

function callerByCfi(walk: ThreadWalk): CallerOrEnd | null {
  const rule = walk.frame.unwind?.cfi ?? null;
  if (rule === null || !walk.frame.registers.has(walk.file.stackPointer)) return null;
  return applyCfi(walk, rule, calleeSaved(walk));
}

/** The code is where a call went astray: the return address is still in lr, and all registers are the caller's. */
function callerByLeafRule(walk: ThreadWalk): Caller | null {
  const { file, frame, code } = walk;
  const link = file.linkRegister;
  if (link === null || !frame.registers.has(link)) return null;
  // The lowest bit says Thumb.
  const returnAddress = (frame.registers.low(link) & ~1) >>> 0;
  if (!code.isReturnAddress(returnAddress, 0)) return null;
  const caller = new Registers(file.names.length);
  for (const register of [...calleeSaved(walk), file.stackPointer]) caller.copy(register, frame.registers);
  caller.set(file.instructionPointer, frame.registers.low(link), 0);
  return { registers: caller, trust: 'scan' };
}

/** Only iOS promises frame records; elsewhere r11 and lr may hold anything. */
function callerByFramePointer({ os, file, frame, stack }: ThreadWalk): CallerOrEnd | null {
  if (os !== 'ios' || !frame.registers.has(file.stackPointer)) return null;
  const fp = frame.registers.number(file.framePointer);
  if (fp === 0) return OUTERMOST;
  if (!stack.load(fp + WORD)) return null;
  const returnAddress = stack.low;
  if (!stack.load(fp)) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, returnAddress, 0);
  caller.set(file.framePointer, stack.low, 0);
  caller.setNumber(file.stackPointer, fp + 2 * WORD);
  return { registers: caller, trust: 'frame_pointer' };
}

function callerByScan(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const at = findReturnAddress(walk, frame.registers.number(file.stackPointer), scanWords(frame));
  if (at === null) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, at + WORD);
  return { registers: caller, trust: 'scan' };
}

/** A leaf need not touch the stack: its return address is in lr. Only the context frame is surely one. */
function makesProgress(caller: Caller, callee: Frame, { file }: ThreadWalk): boolean {
  const [from, to] = [callee.registers.number(file.stackPointer), caller.registers.number(file.stackPointer)];
  return to > from || (to === from && callee.trust === 'context');
}
