import type { RegisterFile, WinFpoRule, WinFrameRule, WinPlace, WinRule } from '@crashkeep/symbols';
import type { Caller } from './frame.js';
import { Registers } from './registers.js';
import type { ThreadWalk } from './thread-walk.js';

const WORD = 4;
const ADDRESS_MAX = 0xffff_ffff;

/** The caller that a STACK WIN record describes (x86 only); null where what it needs is not known. */
export function applyWin(walk: ThreadWalk, rule: WinRule): Caller | null {
  const callee = calleeOf(walk);
  const registers = rule.kind === 'win-frame' ? applyFrameData(walk, callee, rule) : applyFpo(walk, callee, rule);
  return registers === null ? null : { registers, trust: 'cfi' };
}

interface Callee {
  readonly esp: number;
  readonly ebp: number;
  /** Bytes of arguments that the function called from here takes off the stack: they lie in this frame. */
  readonly pushed: number;
}

function calleeOf({ file, frame, callee }: ThreadWalk): Callee {
  return {
    esp: frame.registers.number(file.stackPointer),
    ebp: frame.registers.number(file.framePointer),
    pushed: callee === null ? 0 : parameterBytesOf(callee),
  };
}

/** STACK WIN knows the parameters better than FUNC does. */
function parameterBytesOf({ func, unwind }: NonNullable<ThreadWalk['callee']>): number {
  return func === null ? 0 : (unwind?.win?.parameterBytes ?? func.parameterBytes);
}

function applyFrameData(walk: ThreadWalk, callee: Callee, rule: WinFrameRule): Registers | null {
  const { file, frame, stack } = walk;
  const { esp, ebp, pushed } = callee;
  const search = rule.realigned ? ebp + WORD : esp + rule.localBytes + rule.savedBytes + pushed;
  if (Number.isNaN(esp) || Number.isNaN(ebp) || search > ADDRESS_MAX) return null;
  const bases = { esp, ebp, 'ra-search': search };
  const stackPointer = resolve(rule.stackPointer, bases);
  if (!stack.loadAligned(resolve(rule.returnAddressAt, bases)) || Number.isNaN(stackPointer)) return null;
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, stackPointer);
  for (const name of ['ebp', 'ebx', 'esi', 'edi'] as const) {
    const register = file.names.indexOf(name);
    const place = rule[name];
    if (place === null) caller.copy(register, frame.registers);
    else if (place !== undefined) {
      if (!stack.loadAligned(resolve(place, bases))) return null;
      caller.set(register, stack.low, 0);
    }
  }
  return caller;
}

function applyFpo(walk: ThreadWalk, callee: Callee, rule: WinFpoRule): Registers | null {
  const { file, frame, stack } = walk;
  const { esp, pushed } = callee;
  let returnAddressAt = esp + rule.localBytes + rule.savedBytes + pushed;
  if (!stack.loadAligned(returnAddressAt)) return null;
  // After a return from a system call the return address may still be on the stack: it is the context frame's own ip.
  if (walk.callee === null && stack.low === frame.registers.low(file.instructionPointer)) {
    returnAddressAt += WORD;
    if (!stack.loadAligned(returnAddressAt)) return null;
  }
  const caller = new Registers(file.names.length);
  caller.set(file.instructionPointer, stack.low, 0);
  caller.setNumber(file.stackPointer, returnAddressAt + WORD);
  for (const register of calleeSaved(file)) caller.copy(register, frame.registers);
  if (rule.savesEbp) {
    if (!stack.loadAligned(esp + pushed + rule.savedBytes - 2 * WORD)) return null;
    caller.set(file.framePointer, stack.low, 0);
  }
  return caller.has(file.framePointer) ? caller : null;
}

function calleeSaved(file: RegisterFile): number[] {
  return ['ebp', 'ebx', 'esi', 'edi'].map((name) => file.names.indexOf(name));
}

function resolve(place: WinPlace, bases: Readonly<Record<WinPlace['base'], number>>): number {
  const unaligned = bases[place.base] + place.offset;
  const address = unaligned - (unaligned % place.align) + place.after;
  return address >= 0 && address <= ADDRESS_MAX ? address : NaN;
}
