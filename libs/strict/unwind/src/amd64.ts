import { applyCfi } from './apply-cfi.js';
import type { Architecture } from './architecture.js';
import type { Caller, CallerOrEnd } from './frame.js';
import { Registers } from './registers.js';
import { findReturnAddress, savedFramePointer, scanWords } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';
import type { FrameTrust } from './walked-thread.js';

const WORD = 8;
/** Windows functions may set rbp up to 240 bytes into their frame, in steps of 16. */
const WINDOWS_FRAME_STEPS = 16;
const WINDOWS_FRAME_STEP = 16;
const LEAF_PUSHES_MAX = 2;

export const amd64: Architecture = {
  callAdjustment: 1,
  callerByCfi,
  callerByFramePointer,
  callerByScan,
  callerByLeafRule,
  makesProgress: (caller, callee, { file }) =>
    caller.registers.number(file.stackPointer) > callee.registers.number(file.stackPointer),
};

/** System V and Windows differ in rsi and rdi. */
function calleeSaved({ os, file }: ThreadWalk): number[] {
  const names = ['rbx', 'rbp', 'r12', 'r13', 'r14', 'r15', ...(os === 'windows' ? ['rsi', 'rdi'] : [])];
  return names.map((name) => file.names.indexOf(name));
}

function callerByCfi(walk: ThreadWalk): CallerOrEnd | null {
  const { frame, file } = walk;
  if (!frame.registers.has(file.stackPointer)) return null;
  const rule = frame.unwind?.cfi ?? null;
  return rule === null ? windowsLeafCaller(walk) : applyCfi(walk, rule, calleeSaved(walk));
}

/**
 * On Windows every function has unwind data but the leaves, which touch neither the stack pointer nor a callee-saved register.
 * `___chkstk_ms` of mingw, where stacks overflow, pushes two words all the same.
 */
function windowsLeafCaller(walk: ThreadWalk): Caller | null {
  const { os, file, frame, stack, code } = walk;
  if (os !== 'windows' || frame.symbols?.hasUnwind !== true) return null;
  const sp = frame.registers.number(file.stackPointer);
  for (let pushed = 0; pushed <= LEAF_PUSHES_MAX; pushed++) {
    if (!stack.loadAligned(sp + pushed * WORD)) return null;
    if (code.isReturnAddress(stack.low, stack.high))
      return leafCaller(walk, sp + pushed * WORD, pushed === 0 ? 'cfi' : 'scan');
  }
  return null;
}

/** The code is where a call went astray: its return address is still on top of the stack. */
function callerByLeafRule(walk: ThreadWalk): Caller | null {
  const { file, frame, stack, code } = walk;
  const sp = frame.registers.number(file.stackPointer);
  return stack.loadAligned(sp) && code.isReturnAddress(stack.low, stack.high) ? leafCaller(walk, sp, 'scan') : null;
}

/** The word at `at` was loaded last: it is the return address, and all callee-saved registers are the caller's. */
function leafCaller(walk: ThreadWalk, at: number, trust: FrameTrust): Caller {
  const { file, frame, stack } = walk;
  const caller = new Registers(file.names.length);
  for (const register of calleeSaved(walk)) caller.copy(register, frame.registers);
  caller.set(file.instructionPointer, stack.low, stack.high);
  caller.setNumber(file.stackPointer, at + WORD);
  return { registers: caller, trust };
}

/** rbp points at the caller's rbp, with the return address above it. */
function callerByFramePointer(walk: ThreadWalk): Caller | null {
  const { file, frame, stack, os } = walk;
  const bp = frame.registers.number(file.framePointer);
  const sp = frame.registers.number(file.stackPointer);
  if (Number.isNaN(bp) || Number.isNaN(sp)) return null;
  // A Windows rbp may point into the middle of the frame: where it points at nothing sensible, look further up.
  const steps = os === 'windows' ? WINDOWS_FRAME_STEPS : 1;
  for (let i = 0; i < steps; i++) {
    const at = bp + i * WINDOWS_FRAME_STEP;
    if (!stack.load(at + WORD)) return null;
    const [low, high] = [stack.low, stack.high];
    if (!stack.load(at)) return null;
    const callerBp = stack.number;
    const callerSp = at + 2 * WORD;
    // Saved at or above the caller's stack pointer: all else is no frame pointer.
    if (!(callerBp >= callerSp)) continue;
    if (!stack.holds(callerBp)) return null;
    if (!isCanonical(high) || callerSp <= sp || !stack.holds(callerSp)) continue;
    const caller = new Registers(file.names.length);
    caller.set(file.instructionPointer, low, high);
    caller.setNumber(file.stackPointer, callerSp);
    caller.setNumber(file.framePointer, callerBp);
    return { registers: caller, trust: 'frame_pointer' };
  }
  return null;
}

function callerByScan(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const sp = frame.registers.number(file.stackPointer);
  const at = findReturnAddress(walk, sp, scanWords(frame));
  if (at === null) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, stack.high);
  caller.setNumber(file.stackPointer, at + WORD);
  const bp = at === sp ? NaN : framePointerBeside(walk, at);
  if (!Number.isNaN(bp)) caller.setNumber(file.framePointer, bp);
  return { registers: caller, trust: 'scan' };
}

/** rbp is either saved just below the return address, where it pointed, or was never touched. */
function framePointerBeside(walk: ThreadWalk, returnAddressAt: number): number {
  const { file, frame, stack } = walk;
  const bp = frame.registers.number(file.framePointer);
  if (bp === returnAddressAt - WORD) {
    const saved = savedFramePointer(walk, bp, returnAddressAt);
    if (!Number.isNaN(saved)) return stack.holds(saved) ? saved : NaN;
  }
  return bp >= returnAddressAt + WORD ? bp : NaN;
}

/** Bit 47 is repeated in all bits above it. */
function isCanonical(high: number): boolean {
  return high <= 0x7fff || high >= 0xffff_8000;
}
