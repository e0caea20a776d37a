import type { FormBuilder } from '../form/form-builder.js';
import { SymbolsError } from '../symbols-error.js';
import { findEpilogues } from './epilogues.js';
import { afterStep, ENTRY_STATE, epilogueRule, type FrameState, ruleOf } from './frame-state.js';
import type { PeImage } from './pe-image.js';
import {
  readRuntimeFunction,
  readUnwindInfo,
  RUNTIME_FUNCTION_BYTES,
  type RuntimeFunction,
  type UnwindInfo,
} from './unwind-info.js';

const FUNCTIONS_MAX = 4_000_000;
const CHAIN_MAX = 16;
/** The unwind info may be another function's: then this is its address, plus one. */
const INDIRECT = 1;
const FUNCTION_BYTES_MAX = 16 * 1024 * 1024;

/** Adds what .pdata and .xdata of a Windows x64 image say. Entries that are damaged are passed over and counted. */
export function addExceptionDirectory(image: PeImage, builder: FormBuilder): { dropped: number } {
  const directory = image.directory('exceptions');
  let dropped = 0;
  if (directory === null || image.cpu !== 'amd64') return { dropped };
  const count = Math.min(FUNCTIONS_MAX, Math.floor(directory.size / RUNTIME_FUNCTION_BYTES));
  const table = image.read(directory.address, count * RUNTIME_FUNCTION_BYTES);
  // Functions that overlap would have the same code looked through again and again.
  let codeLeft = image.fileBytes * 2;
  for (let i = 0; i < count; i++) {
    const func = readRuntimeFunction(table, i * RUNTIME_FUNCTION_BYTES);
    if (func.begin === 0) continue;
    codeLeft -= func.end - func.begin;
    try {
      addFunction(image, builder, func, codeLeft > 0);
    } catch (error) {
      if (!(error instanceof SymbolsError) || error.code !== 'symbols.damaged-image') throw error;
      dropped++;
    }
  }
  return { dropped };
}

function addFunction(image: PeImage, builder: FormBuilder, func: RuntimeFunction, withEpilogues: boolean): void {
  if (func.end <= func.begin || func.end > image.imageBytes) throw new SymbolsError('symbols.damaged-image');
  const info = readUnwindInfo(image, resolved(image, func).unwindInfo);
  const start = stateBefore(image, info, 0);
  const states = [{ at: 0, state: start }];
  const finalDepth = depthAfter(start, info);
  let body = start;
  for (const step of info.steps) {
    body = afterStep(body, step, finalDepth);
    states.push({ at: step.at, state: body });
  }
  const length = func.end - func.begin;
  const rules = new Map(states.map(({ at, state }): [number, number] => [at, builder.rule(ruleOf(state))]));
  const bodyRule = builder.rule(ruleOf(body));
  for (const { at, left } of withEpilogues ? epiloguesOf(image, func, info, body) : []) {
    rules.set(at, builder.rule(epilogueRule(body.pushed, left)));
    // Up to the next instruction, wherever that is: no ip is in between.
    if (!rules.has(at + 1)) rules.set(at + 1, bodyRule);
  }
  const rows = [...rules].filter(([at]) => at < length).sort(([a], [b]) => a - b);
  builder.cfi.addRange(
    func.begin,
    func.end,
    rows.map(([at, rule]) => ({ address: func.begin + at, rule })),
  );
}

function epiloguesOf(
  image: PeImage,
  { begin, end }: RuntimeFunction,
  info: UnwindInfo,
  body: FrameState,
): { at: number; left: number }[] {
  const from = begin + info.prologueBytes;
  if (body.machineFrame !== null || from >= end || end - from > FUNCTION_BYTES_MAX) return [];
  const code = image.read(from, end - from);
  const places = findEpilogues(new Uint8Array(code.buffer, code.byteOffset, code.byteLength), body);
  return places.map(({ at, left }) => ({ at: at + info.prologueBytes, left }));
}

/** What the pieces before this one have done, when they were through. */
function stateBefore(image: PeImage, info: UnwindInfo, depth: number): FrameState {
  if (info.parent === null) return ENTRY_STATE;
  if (depth > CHAIN_MAX) throw new SymbolsError('symbols.damaged-image');
  const parent = readUnwindInfo(image, resolved(image, info.parent).unwindInfo);
  const start = stateBefore(image, parent, depth + 1);
  const finalDepth = depthAfter(start, parent);
  return parent.steps.reduce((state, step) => afterStep(state, step, finalDepth), start);
}

function depthAfter(start: FrameState, info: UnwindInfo): number {
  return info.steps.reduce((state, step) => afterStep(state, step, 0), start).depth;
}

function resolved(image: PeImage, func: RuntimeFunction): RuntimeFunction {
  if ((func.unwindInfo & INDIRECT) === 0) return func;
  const other = readRuntimeFunction(image.read(func.unwindInfo - INDIRECT, RUNTIME_FUNCTION_BYTES), 0);
  if ((other.unwindInfo & INDIRECT) !== 0) throw new SymbolsError('symbols.damaged-image');
  return other;
}
