import { registerFileOf } from '../register-file.js';
import type { CfaRule, CfiRule, RegisterRule } from '../unwind-rule.js';
import type { TimedStep } from './unwind-info.js';

/** The CPU numbers registers otherwise than we do. */
const MACHINE_ORDER = 'rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15'.split(' ');
const NUMBERS = MACHINE_ORDER.map((name) => registerFileOf('amd64')?.numberOf(name) ?? 0);
const RSP = NUMBERS[4] ?? 0;
const WORD = 8;

interface SavedRegister {
  readonly register: number;
  /** Bytes below the top: the CFA, or where the processor's own frame begins. */
  readonly below: number;
}

/** What a prologue has done so far. */
export interface FrameState {
  /** Bytes from rsp up to the top. */
  readonly depth: number;
  /** The depth when the frame register was set, and what it holds then; null before. */
  readonly frame: { readonly register: number; readonly below: number; readonly depth: number } | null;
  readonly saved: readonly SavedRegister[];
  /** Registers pushed, in that order; an epilogue pops them. */
  readonly pushed: readonly number[];
  readonly machineFrame: { readonly hasErrorCode: boolean } | null;
}

/** On entry the return address is on top of the stack. */
export const ENTRY_STATE: FrameState = { depth: WORD, frame: null, saved: [], pushed: [], machineFrame: null };

/** `finalDepth` is that of the whole prologue: saves are told from the bottom of the finished frame. */
export function afterStep(state: FrameState, { step }: TimedStep, finalDepth: number): FrameState {
  switch (step.kind) {
    case 'push': {
      const depth = state.depth + WORD;
      const saved = { register: step.register, below: depth };
      return { ...state, depth, saved: [...state.saved, saved], pushed: [...state.pushed, step.register] };
    }
    case 'allocate':
      return { ...state, depth: state.depth + step.bytes };
    case 'set-frame':
      return { ...state, frame: { register: step.register, below: state.depth - step.above, depth: state.depth } };
    case 'save': {
      const below = (state.frame?.depth ?? finalDepth) - step.above;
      return { ...state, saved: [...state.saved, { register: step.register, below }] };
    }
    case 'machine-frame':
      return { ...ENTRY_STATE, depth: 0, machineFrame: { hasErrorCode: step.hasErrorCode } };
  }
}

export function ruleOf(state: FrameState): CfiRule {
  return state.machineFrame === null ? ordinaryRule(state) : machineFrameRule(state, state.machineFrame.hasErrorCode);
}

function ordinaryRule({ depth, frame, saved }: FrameState): CfiRule {
  const cfa: CfaRule =
    frame === null
      ? { kind: 'register', register: RSP, offset: depth }
      : { kind: 'register', register: numberOf(frame.register), offset: frame.below };
  const registers = rulesOf(saved, (below) => ({ kind: 'at-cfa', offset: -below }));
  return { kind: 'cfi', cfa, returnAddress: { kind: 'at-cfa', offset: -WORD }, registers, signalFrame: false };
}

/** rip, cs, flags and rsp lie there, in that order; what was interrupted did not call. */
function machineFrameRule({ depth, frame, saved }: FrameState, hasErrorCode: boolean): CfiRule {
  const base = frame === null ? RSP : numberOf(frame.register);
  const top = frame === null ? depth : frame.below;
  const rip = top + (hasErrorCode ? WORD : 0);
  return {
    kind: 'cfi',
    cfa: { kind: 'at-register', register: base, offset: rip + 3 * WORD },
    returnAddress: { kind: 'at-register', register: base, offset: rip },
    registers: rulesOf(saved, (below) => ({ kind: 'at-register', register: base, offset: top - below })),
    signalFrame: true,
  };
}

function rulesOf(saved: readonly SavedRegister[], rule: (below: number) => RegisterRule): [number, RegisterRule][] {
  const rules = new Map(saved.map(({ register, below }) => [numberOf(register), rule(below)]));
  return [...rules].sort(([a], [b]) => a - b);
}

function numberOf(machineNumber: number): number {
  return NUMBERS[machineNumber] ?? RSP;
}

/** In the middle of an epilogue: `left` of the pushed registers are still on the stack, and nothing else. */
export function epilogueRule(pushed: readonly number[], left: number): CfiRule {
  const saved = pushed.slice(0, left).map((register, i) => ({ register, below: WORD * (i + 2) }));
  return ordinaryRule({ ...ENTRY_STATE, depth: WORD * (left + 1), saved });
}
