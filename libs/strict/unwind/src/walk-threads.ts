import {
  type Cpu,
  type MemoryRegion,
  type Module,
  type ProcessSnapshot,
  SnapshotError,
  type Thread,
} from '@crashkeep/snapshot';
import { type RegisterFile, registerFileOf, type SymbolForm } from '@crashkeep/symbols';
import { amd64 } from './amd64.js';
import type { Architecture } from './architecture.js';
import { arm } from './arm.js';
import { arm64 } from './arm64.js';
import { CodeMap } from './code-map.js';
import { ExecutableMap } from './executable-map.js';
import { type Caller, type CallerOrEnd, type Frame, OUTERMOST } from './frame.js';
import { mips } from './mips.js';
import { followsCall } from './follows-call.js';
import { exactNumber, Registers } from './registers.js';
import { StackMemory } from './stack-memory.js';
import type { ThreadWalk } from './thread-walk.js';
import { DEFAULT_WALK_LIMITS, type WalkLimits } from './walk-limits.js';
import type { FrameTrust, WalkedFrame, WalkedThread } from './walked-thread.js';
import { x86 } from './x86.js';

const ARCHITECTURES: Partial<Record<Cpu, Architecture>> = { amd64, x86, arm64, arm, mips, mips64: mips };
/** Below it lies nothing that is code: a null pointer, with an offset. */
const NULL_PAGE_END = 4096n;
const UNLOADED_MAX = 16;

/**
 * Walks every thread from its context outwards. `symbols` is asked once for each module that a stack touches. Never throws for
 * what the dump or the symbols hold; a budget that is spent ends a thread early, and what else a source or a form throws goes through.
 */
export function walkThreads(
  snapshot: ProcessSnapshot,
  symbols: (module: Module) => SymbolForm | null,
  limits: Partial<WalkLimits> = {},
): WalkedThread[] {
  const budget = { ...DEFAULT_WALK_LIMITS, ...limits };
  const code = new CodeMap(snapshot, symbols, budget.scannedWords);
  const executable = new ExecutableMap(snapshot.regionInfo);
  let framesLeft = budget.frames;
  const walked = crashedFirst(snapshot).map((thread): WalkedThread => {
    // The thread that wrote the dump: its stack is that of the handler.
    if (thread.index === snapshot.dumpThread && thread.index !== snapshot.crashingThread)
      return { index: thread.index, frames: [], truncated: false };
    const frames: WalkedFrame[] = [];
    const cap = Math.min(budget.framesPerThread, framesLeft);
    const truncated = asFarAsPaid(() => walkThread(snapshot, thread, code, executable, { cap, frames }));
    framesLeft -= frames.length;
    return { index: thread.index, frames, truncated };
  });
  return walked.sort((a, b) => a.index - b.index);
}

/** Where a budget ends before the threads do, the one that matters has been walked. */
function crashedFirst({ threads, crashingThread }: ProcessSnapshot): Thread[] {
  return [...threads].sort((a, b) => Number(b.index === crashingThread) - Number(a.index === crashingThread));
}

/** True where the walk was cut off: also by a source whose budget is spent. */
function asFarAsPaid(walk: () => boolean): boolean {
  try {
    return walk();
  } catch (error) {
    if (error instanceof SnapshotError && error.code === 'snapshot.budget-exhausted') return true;
    throw error;
  }
}

/** Adds the thread's frames to `frames`; true where it was cut off. */
function walkThread(
  snapshot: ProcessSnapshot,
  thread: Thread,
  code: CodeMap,
  executable: ExecutableMap,
  { cap, frames }: { readonly cap: number; readonly frames: WalkedFrame[] },
): boolean {
  if (thread.context === null || cap === 0) return thread.context !== null;
  const file = registerFileOf(snapshot.cpu);
  const architecture = ARCHITECTURES[snapshot.cpu];
  if (file === null || architecture === undefined) {
    frames.push(contextOnly(snapshot, thread.context.instructionPointer, code));
    return false;
  }
  const stack = stackOf(snapshot, thread, file);
  let frame: Frame = frameOf(Registers.ofContext(thread.context, file), 'context', 0, file, code);
  let callee: Frame | null = null;
  frames.push(shown(snapshot, frame, file, 0));
  for (;;) {
    const isAstray = callee === null && hasGoneAstray(snapshot, thread, frame, executable);
    const walk: ThreadWalk = { os: snapshot.os, file, stack, code, frame, callee, isAstray };
    const caller = stack.isEmpty ? null : callerOf(walk, architecture);
    if (caller === null || code.scansLeft <= 0) return code.scansLeft <= 0;
    if (frames.length >= cap) return true;
    const adjustment = caller.exact === true ? 0 : architecture.callAdjustment;
    callee = frame;
    frame = frameOf(caller.registers, caller.trust, adjustment, file, code);
    frames.push({ ...shown(snapshot, frame, file, adjustment), isCall: isCallBefore(snapshot, frame, caller, file) });
  }
}

/** The best way that applies; null where the walk ends. */
function callerOf(walk: ThreadWalk, architecture: Architecture): Caller | null {
  const caller = findCaller(walk, architecture);
  if (caller === null || caller === OUTERMOST) return null;
  if (caller.registers.word(walk.file.instructionPointer) < NULL_PAGE_END) return null;
  return architecture.makesProgress(caller, walk.frame, walk) ? caller : null;
}

function findCaller(walk: ThreadWalk, architecture: Architecture): CallerOrEnd | null {
  return (
    architecture.callerByCfi(walk) ??
    (walk.isAstray ? architecture.callerByLeafRule(walk) : null) ??
    architecture.callerByFramePointer(walk) ??
    architecture.callerByScan(walk)
  );
}

/** Faults that name the instruction's own address when it could not be fetched; SIGILL and its like always do. */
const FETCH_FAULT = /^(SIGSEGV|SIGBUS|EXCEPTION_ACCESS_VIOLATION|EXC_BAD_ACCESS)/;

/** True where a context frame's ip is no code: a call or jump went through a null or wild pointer. */
function hasGoneAstray(snapshot: ProcessSnapshot, thread: Thread, frame: Frame, executable: ExecutableMap): boolean {
  if (frame.module === null || executable.forbids(frame.lookup)) return true;
  const isFetchFault = snapshot.crashingThread === thread.index && FETCH_FAULT.test(snapshot.crashReason ?? '');
  return isFetchFault && snapshot.crashAddress === thread.context?.instructionPointer;
}

function frameOf(
  registers: Registers,
  trust: FrameTrust,
  adjustment: number,
  file: RegisterFile,
  code: CodeMap,
): Frame {
  const [low, high] = [registers.low(file.instructionPointer), registers.high(file.instructionPointer)];
  const lookup = exactNumber(low, high) - adjustment;
  const module = Number.isNaN(lookup) ? code.modules.atWord(low, high) : code.modules.at(lookup);
  const symbols = module === null ? null : code.symbolsOf(module);
  const offset = module === null ? NaN : lookup - Number(module.base);
  const isKnown = symbols !== null && !Number.isNaN(offset);
  return {
    registers,
    trust,
    lookup,
    module,
    symbols,
    unwind: isKnown ? symbols.unwindAt(offset) : null,
    func: isKnown ? symbols.functionAt(offset) : null,
  };
}

function shown(snapshot: ProcessSnapshot, frame: Frame, file: RegisterFile, adjustment: number): WalkedFrame {
  const instruction = frame.registers.word(file.instructionPointer) - BigInt(adjustment);
  const unloaded = frame.module === null ? unloadedAt(snapshot, instruction) : [];
  return { instruction, module: frame.module, unloaded, trust: frame.trust, isCall: null };
}

/** Whether the frame's return address is one, by the uploaded image; null where that is not known, or nothing was called. */
function isCallBefore({ cpu }: ProcessSnapshot, frame: Frame, { exact }: Caller, file: RegisterFile): boolean | null {
  if (exact === true || file.wordBytes === 8 || frame.module === null || frame.symbols === null) return null;
  const offset = frame.registers.number(file.instructionPointer) - Number(frame.module.base);
  return Number.isNaN(offset) ? null : followsCall(cpu, frame.symbols, offset);
}

function contextOnly(snapshot: ProcessSnapshot, instruction: bigint, code: CodeMap): WalkedFrame {
  const module = code.modules.atWord(Number(instruction & 0xffff_ffffn), Number((instruction >> 32n) & 0xffff_ffffn));
  return {
    instruction,
    module,
    unloaded: module === null ? unloadedAt(snapshot, instruction) : [],
    trust: 'context',
    isCall: null,
  };
}

function unloadedAt(snapshot: ProcessSnapshot, instruction: bigint): Module[] {
  return snapshot.unloadedModules
    .filter(({ base, size }) => instruction >= base && instruction < base + BigInt(size))
    .slice(0, UNLOADED_MAX);
}

/** Where the stack pointer points, and where the dump's writer says that the stack is: a handler may run on another one. */
function stackOf(snapshot: ProcessSnapshot, thread: Thread, file: RegisterFile): StackMemory {
  const { memory } = snapshot;
  const atPointer = thread.context === null ? null : memory.regionAt(thread.context.stackPointer);
  const regions = [atPointer, thread.stack].filter((region): region is MemoryRegion => region !== null);
  return new StackMemory(memory, regions, file.wordBytes);
}
