import { SymbolsError } from '../symbols-error.js';
import type { PeImage } from './pe-image.js';

/** One step of a prologue, as `UNWIND_CODE` tells it. Registers by the CPU's own numbers. */
export type PrologueStep =
  | { readonly kind: 'push'; readonly register: number }
  | { readonly kind: 'allocate'; readonly bytes: number }
  /** The frame register is set, so many bytes above rsp. */
  | { readonly kind: 'set-frame'; readonly register: number; readonly above: number }
  /** Saved so many bytes above the base of the frame. */
  | { readonly kind: 'save'; readonly register: number; readonly above: number }
  /** The processor pushed rip, rsp and more; above them an error code. */
  | { readonly kind: 'machine-frame'; readonly hasErrorCode: boolean };

export interface TimedStep {
  /** Bytes from the function's start at which the step is done. */
  readonly at: number;
  readonly step: PrologueStep;
}

export interface UnwindInfo {
  readonly prologueBytes: number;
  /** In the order in which they run. */
  readonly steps: readonly TimedStep[];
  /** What this goes on from: a function's later piece has its first piece's prologue behind it. */
  readonly parent: RuntimeFunction | null;
}

/** An entry of .pdata. */
export interface RuntimeFunction {
  readonly begin: number;
  readonly end: number;
  readonly unwindInfo: number;
}

export const RUNTIME_FUNCTION_BYTES = 12;
const CHAINED = 4;

export function readRuntimeFunction(view: DataView, at: number): RuntimeFunction {
  return {
    begin: view.getUint32(at, true),
    end: view.getUint32(at + 4, true),
    unwindInfo: view.getUint32(at + 8, true),
  };
}

export function readUnwindInfo(image: PeImage, address: number): UnwindInfo {
  const header = image.read(address, 4);
  const version = header.getUint8(0) & 7;
  const flags = header.getUint8(0) >>> 3;
  const count = header.getUint8(2);
  if (version !== 1 && version !== 2) throw new SymbolsError('symbols.damaged-image');
  const codes = image.read(address + 4, count * 2);
  const frame = { register: header.getUint8(3) & 15, above: (header.getUint8(3) >>> 4) * 16 };
  // The codes are padded to an even number.
  const chainAt = address + 4 + (count + (count % 2)) * 2;
  const parent = (flags & CHAINED) === 0 ? null : readRuntimeFunction(image.read(chainAt, RUNTIME_FUNCTION_BYTES), 0);
  return { prologueBytes: header.getUint8(1), steps: readSteps(codes, count, frame), parent };
}

function readSteps(codes: DataView, count: number, frame: { register: number; above: number }): TimedStep[] {
  const steps: TimedStep[] = [];
  let slot = 0;
  while (slot < count) {
    const at = codes.getUint8(slot * 2);
    const operation = codes.getUint8(slot * 2 + 1) & 15;
    const info = codes.getUint8(slot * 2 + 1) >>> 4;
    const slots = slotsOf(operation, info);
    if (slot + slots > count) throw new SymbolsError('symbols.damaged-image');
    const operand =
      slots === 1 ? 0 : slots === 2 ? codes.getUint16(slot * 2 + 2, true) : codes.getUint32(slot * 2 + 2, true);
    const step = stepOf(operation, info, operand, slots, frame);
    if (step !== null) steps.push({ at, step });
    slot += slots;
  }
  // They are told last step first.
  return steps.reverse();
}

/** By operation: 1 of ALLOC_LARGE is told by its info. */
function slotsOf(operation: number, info: number): number {
  if (operation === 1) return info === 0 ? 2 : 3;
  return [1, 2, 1, 1, 2, 3, 2, 3, 2, 3, 1][operation] ?? 1;
}

/** Null for what changes no general register: xmm saves, the epilogues of version 2. */
function stepOf(
  operation: number,
  info: number,
  operand: number,
  slots: number,
  frame: { register: number; above: number },
): PrologueStep | null {
  switch (operation) {
    case 0:
      return { kind: 'push', register: info };
    case 1:
      return { kind: 'allocate', bytes: slots === 2 ? operand * 8 : operand };
    case 2:
      return { kind: 'allocate', bytes: info * 8 + 8 };
    case 3:
      return { kind: 'set-frame', ...frame };
    case 4:
      return { kind: 'save', register: info, above: operand * 8 };
    case 5:
      return { kind: 'save', register: info, above: operand };
    case 10:
      return { kind: 'machine-frame', hasErrorCode: info === 1 };
    case 6:
    case 7:
    case 8:
    case 9:
      return null;
    default:
      throw new SymbolsError('symbols.damaged-image');
  }
}
