import { applyCfi } from './apply-cfi.js';
import type { Architecture } from './architecture.js';
import type { Caller, CallerOrEnd } from './frame.js';
import { Registers } from './registers.js';
import { findReturnAddress } from './scan.js';
import type { ThreadWalk } from './thread-walk.js';

const CALLEE_SAVED = ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 'gp', 'fp'];
const SCAN_BYTES = 1024;
/** The o32 ABI keeps room for four arguments in each frame that calls. */
const ARGUMENT_WORDS = 4;

export const mips: Architecture = {
  callAdjustment: 8,
  callerByCfi,
  callerByFramePointer: () => null,
  callerByScan,
  callerByLeafRule: () => null,
  makesProgress: (caller, callee, { file }) => {
    const [from, to] = [callee.registers.number(file.stackPointer), caller.registers.number(file.stackPointer)];
    return to > from || (to === from && callee.trust === 'context');
  },
};

function callerByCfi(walk: ThreadWalk): CallerOrEnd | null {
  const { file, frame } = walk;
  const rule = frame.unwind?.cfi ?? null;
  if (rule === null || !frame.registers.has(file.stackPointer)) return null;
  return applyCfi(
    walk,
    rule,
    CALLEE_SAVED.map((name) => file.names.indexOf(name)),
  );
}

function callerByScan(walk: ThreadWalk): Caller | null {
  const { file, frame, stack } = walk;
  const skipped = file.wordBytes === 4 && frame.trust !== 'context' ? ARGUMENT_WORDS : 0;
  const from = frame.registers.number(file.stackPointer) + skipped * file.wordBytes;
  const at = findReturnAddress(walk, from, SCAN_BYTES / file.wordBytes - skipped);
  if (at === null) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, stack.high);
  caller.setNumber(file.stackPointer, at + file.wordBytes);
  return { registers: caller, trust: 'scan' };
}
