import type { CfaRule, CfiRule, RegisterRule } from '@crashkeep/symbols';
import { type CallerOrEnd, OUTERMOST } from './frame.js';
import { Registers } from './registers.js';
import type { ThreadWalk } from './thread-walk.js';

/**
 * The caller that `rule` describes, with callee-saved registers carried over; null where what it needs is not known. The
 * values are not judged here: code that we know nothing of is often reached with all registers right.
 */
export function applyCfi(walk: ThreadWalk, rule: CfiRule, calleeSaved: readonly number[]): CallerOrEnd | null {
  const { file, frame, stack } = walk;
  const cfa = frameAddress(walk, rule.cfa);
  if (!(cfa >= 0 && cfa <= Number.MAX_SAFE_INTEGER)) return null;
  if (rule.returnAddress.kind === 'undefined') return OUTERMOST;
  const caller = new Registers(file.names.length);
  for (const register of calleeSaved) caller.copy(register, frame.registers);
  caller.setNumber(file.stackPointer, cfa);
  if (!assign(walk, caller, file.instructionPointer, rule.returnAddress, cfa)) return null;
  for (const [register, of] of rule.registers) {
    if (register === file.instructionPointer) continue;
    if (!assign(walk, caller, register, of, cfa)) caller.clear(register);
  }
  // Where the stack pointer has no place any more there is nothing to go on from.
  if (!caller.has(file.stackPointer) || stack.isEmpty) return null;
  return { registers: caller, trust: 'cfi', exact: rule.signalFrame };
}

function frameAddress({ file, frame, stack }: ThreadWalk, rule: CfaRule): number {
  if (rule.kind === 'plt') {
    const past = (frame.registers.low(file.instructionPointer) & 15) >= rule.pivot;
    return frame.registers.number(file.stackPointer) + rule.offset + (past ? file.wordBytes : 0);
  }
  const place = frame.registers.number(rule.register) + rule.offset;
  if (rule.kind === 'register') return wrap(place, file.wordBytes);
  return stack.loadAligned(place) ? stack.number : NaN;
}

function assign(walk: ThreadWalk, caller: Registers, register: number, rule: RegisterRule, cfa: number): boolean {
  const { file, frame, stack } = walk;
  switch (rule.kind) {
    case 'undefined':
      return false;
    case 'register':
      // The stack pointer alone is computed, and what is computed must not become a return address.
      if (rule.register === file.stackPointer && register !== file.stackPointer) return false;
      caller.copy(register, frame.registers, rule.register);
      return caller.has(register);
    case 'cfa':
      if (register !== file.stackPointer || cfa + rule.offset < 0) return false;
      caller.setNumber(register, cfa + rule.offset);
      return true;
    case 'at-cfa':
    case 'at-register': {
      const base = rule.kind === 'at-cfa' ? cfa : frame.registers.number(rule.register);
      if (!stack.loadAligned(base + rule.offset)) return false;
      caller.set(register, stack.low, stack.high);
      return true;
    }
  }
}

function wrap(address: number, wordBytes: 4 | 8): number {
  return wordBytes === 4 && address > 0xffff_ffff ? NaN : address;
}
