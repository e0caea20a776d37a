import type { Module } from '@crashkeep/snapshot';
import type { FunctionSpan, SymbolForm, UnwindEntry } from '@crashkeep/symbols';
import type { Registers } from './registers.js';
import type { FrameTrust } from './walked-thread.js';

/** A frame while its thread is walked. */
export interface Frame {
  readonly registers: Registers;
  readonly trust: FrameTrust;
  /** Where its code is looked up: the call, not what follows it. Below 2^53, or NaN. */
  readonly lookup: number;
  readonly module: Module | null;
  readonly symbols: SymbolForm | null;
  /** What the symbols say of `lookup`; null without them. */
  readonly unwind: UnwindEntry | null;
  readonly func: FunctionSpan | null;
}

/** A caller as an architecture found it, before the checks that all callers pass. */
export interface Caller {
  readonly registers: Registers;
  readonly trust: FrameTrust;
  /** The instruction pointer is exact: the caller was interrupted, it did not call. */
  readonly exact?: boolean;
}

/** Unwind data says that there is no caller: the walk is complete. */
export const OUTERMOST = 'outermost';
export type CallerOrEnd = Caller | typeof OUTERMOST;
