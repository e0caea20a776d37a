import { applyCfi } from './apply-cfi.js';
import { applyWin } from './apply-win.js';
import type { Architecture } from './architecture.js';
import type { Caller, CallerOrEnd } from './frame.js';
import { Registers } from './registers.js';
import { findReturnAddress, savedFramePointer, scanWords } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';

const WORD = 4;
/** ecx, after at most ebx, esi and edi. */
const REALIGNED_SAVES_MAX = 4;
const REALIGNED_GAP_MAX = 4096;
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
  if (!frame.registers.has(file.stackPointer)) return null;
  if (frame.unwind === null) return callerOfSystemCall(walk);
  const { win, cfi } = frame.unwind;
  const caller = win === null ? null : applyWin(walk, win);
  return caller ?? (cfi === null ? null : applyCfi(walk, cfi, calleeSaved(walk)));
}

/**
 * The kernel's page that 32-bit Linux enters system calls by has unwind data of its own, which no symbol store has. What it
 * does is known: it saves ecx, edx and ebp, in that order, and all threads but the running one stand behind that.
 */
function callerOfSystemCall({ file, frame, stack, code }: ThreadWalk): Caller | null {
  if (frame.trust !== 'context' || frame.module === null || !/(^|\/)linux-gate\.so/.test(frame.module.codeFile))
    return null;
  const sp = frame.registers.number(file.stackPointer);
  if (!stack.loadAligned(sp + 3 * WORD) || !code.isReturnAddress(stack.low, 0)) return null;
  const caller = new Registers(file.names.length);
  for (const name of CALLEE_SAVED) caller.copy(file.names.indexOf(name), frame.registers);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, sp + 4 * WORD);
  for (const [name, place] of [
    ['ebp', 0],
    ['edx', 1],
    ['ecx', 2],
  ] as const) {
    if (stack.loadAligned(sp + place * WORD)) caller.set(file.names.indexOf(name), stack.low, 0);
  }
  return { registers: caller, trust: 'cfi' };
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
function callerByFramePointer(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const bp = frame.registers.number(file.framePointer);
  if (!stack.load(bp + WORD)) return null;
  const returnAddress = stack.low;
  if (!stack.load(bp)) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, returnAddress, 0);
  caller.set(file.framePointer, stack.low, 0);
  caller.setNumber(file.stackPointer, realignedStackPointer(walk, bp, returnAddress) ?? bp + 2 * WORD);
  return { registers: caller, trust: 'frame_pointer' };
}

/**
 * Where GCC realigns the stack (`main` of 32-bit programs) it copies the return address below the gap and keeps the caller's
 * stack pointer, from ecx, under the callee-saved registers. .sym files cannot say so. Believed where both copies agree.
 */
function realignedStackPointer({ stack }: ThreadWalk, bp: number, returnAddress: number): number | null {
  for (let saved = 1; saved <= REALIGNED_SAVES_MAX; saved++) {
    if (!stack.load(bp - saved * WORD)) return null;
    const callerSp = stack.number;
    const gap = callerSp - (bp + 2 * WORD);
    if (gap > 0 && gap <= REALIGNED_GAP_MAX && stack.load(callerSp - WORD) && stack.low === returnAddress)
      return callerSp;
  }
  return null;
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
