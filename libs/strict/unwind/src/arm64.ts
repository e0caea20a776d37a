import { applyCfi } from './apply-cfi.js';
import type { Architecture } from './architecture.js';
import { type Caller, type CallerOrEnd, type Frame, OUTERMOST } from './frame.js';
import { exactNumber, Registers } from './registers.js';
import { findReturnAddress, scanWords } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';

const WORD = 8;
const CALLEE_SAVED = [...Array.from({ length: 10 }, (_, i) => `x${String(i + 19)}`), 'fp'];
const ADDRESS_MIN = 0x1000;
const ADDRESS_MAX = 0x000f_ffff_ffff_ffff;

export const arm64: Architecture = {
  callAdjustment: 4,
  callerByCfi,
  callerByFramePointer,
  callerByScan,
  callerByLeafRule,
  makesProgress,
};

function callerByCfi(walk: ThreadWalk): CallerOrEnd | null {
  const { file, frame } = walk;
  const { unwind } = frame;
  if (unwind?.cfi == null || !frame.registers.has(file.stackPointer)) return null;
  // What a frame record gave as lr is only good where nothing has used lr yet.
  const guessedLink = frame.trust === 'frame_pointer' && !unwind.atEntry;
  const seen: ThreadWalk = guessedLink ? { ...walk, frame: withoutLink(frame, linkOf(walk)) } : walk;
  const caller = applyCfi(
    seen,
    unwind.cfi,
    CALLEE_SAVED.map((name) => file.names.indexOf(name)),
  );
  if (caller === null || caller === OUTERMOST) return caller;
  const mask = walk.code.addressMask;
  for (const register of [file.instructionPointer, linkOf(walk), file.framePointer])
    mask.strip(caller.registers, register);
  return caller;
}

/** The code is where a call went astray: the return address is still in lr, and all registers are the caller's. */
function callerByLeafRule(walk: ThreadWalk): Caller | null {
  const { file, frame, code } = walk;
  const link = linkOf(walk);
  if (!frame.registers.has(link)) return null;
  const [low, high] = [frame.registers.low(link), walk.code.addressMask.high(frame.registers.high(link))];
  if (!code.isReturnAddress(low, high)) return null;
  const caller = new Registers(file.names.length);
  for (const name of [...CALLEE_SAVED, 'sp']) caller.copy(file.names.indexOf(name), frame.registers);
  caller.set(file.instructionPointer, low, high);
  return { registers: caller, trust: 'scan' };
}

/** fp points at a frame record: the caller's fp and the return address. A leaf has none, and then its caller is left out. */
function callerByFramePointer(walk: ThreadWalk): CallerOrEnd | null {
  const { file, frame, stack } = walk;
  const fp = frame.registers.number(file.framePointer);
  if (fp === 0) return OUTERMOST;
  if (!frame.registers.has(file.stackPointer) || !stack.load(fp + WORD)) return null;
  const mask = walk.code.addressMask;
  const [pcLow, pcHigh] = [stack.low, mask.high(stack.high)];
  const pc = exactNumber(pcLow, pcHigh);
  if (!(pc >= ADDRESS_MIN && pc <= ADDRESS_MAX) || !stack.load(fp)) return null;
  const [fpLow, fpHigh] = [stack.low, mask.high(stack.high)];
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, pcLow, pcHigh);
  caller.set(file.framePointer, fpLow, fpHigh);
  caller.setNumber(file.stackPointer, fp + 2 * WORD);
  // The caller's own record holds the lr that it was entered with.
  const callerFp = exactNumber(fpLow, fpHigh);
  if (callerFp !== 0 && stack.load(callerFp + WORD)) caller.set(linkOf(walk), stack.low, mask.high(stack.high));
  return { registers: caller, trust: 'frame_pointer' };
}

function callerByScan(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const at = findReturnAddress(walk, frame.registers.number(file.stackPointer), scanWords(frame));
  if (at === null) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, stack.high);
  caller.setNumber(file.stackPointer, at + WORD);
  return { registers: caller, trust: 'scan' };
}

/** A leaf need not touch the stack, and neither has a function at its entry; then at least the pc must change. */
function makesProgress(caller: Caller, callee: Frame, { file }: ThreadWalk): boolean {
  const [from, to] = [callee.registers.number(file.stackPointer), caller.registers.number(file.stackPointer)];
  if (to !== from) return to > from;
  const pc = file.instructionPointer;
  const mayStay = callee.trust === 'context' || caller.trust === 'cfi';
  return mayStay && caller.registers.number(pc) !== callee.registers.number(pc);
}

function withoutLink(frame: Frame, link: number): Frame {
  const registers = new Registers(frame.registers.count);
  for (let register = 0; register < frame.registers.count; register++) registers.copy(register, frame.registers);
  registers.clear(link);
  return { ...frame, registers };
}

function linkOf({ file }: ThreadWalk): number {
  return file.linkRegister ?? file.instructionPointer;
}
