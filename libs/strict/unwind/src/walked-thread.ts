import type { Module } from '@crashkeep/snapshot';

/** How a frame was found, from sure to guessed; rust-minidump's words. */
export type FrameTrust = 'context' | 'cfi' | 'cfi_scan' | 'frame_pointer' | 'scan' | 'prewalked' | 'none';

export interface WalkedFrame {
  /** Frame 0: the instruction pointer. A caller: return address - 1 (x86, amd64), - 4 (arm64), - 2 (arm), - 8 (mips). */
  readonly instruction: bigint;
  /** The loaded module that holds `instruction`; null where none does. */
  readonly module: Module | null;
  /** Where no loaded module does: the unloaded ones that held it once. */
  readonly unloaded: readonly Module[];
  readonly trust: FrameTrust;
  /** 32-bit CPUs: whether the uploaded image has a call before the return address; null where that is not known. */
  readonly isCall: boolean | null;
}

export interface WalkedThread {
  /** Index into `ProcessSnapshot.threads`. */
  readonly index: number;
  readonly frames: readonly WalkedFrame[];
  /** True where a cap or a budget ended the walk before the stack did. */
  readonly truncated: boolean;
}
