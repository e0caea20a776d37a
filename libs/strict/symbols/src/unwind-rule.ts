/**
 * What unwind data may say (DESIGN.md 6), as data. Nothing else has a form, so a forged symbol file cannot compute with
 * what lies on a stack: no arithmetic on a value that ends in a return address, no unaligned read, no second load.
 */

/** Where a register of the caller is found. */
export type RegisterRule =
  /** Unknown in the caller. As the return address: the outermost frame. */
  | { readonly kind: 'undefined' }
  /** The callee's register, unchanged. */
  | { readonly kind: 'register'; readonly register: number }
  /** The stack word at CFA + offset. */
  | { readonly kind: 'at-cfa'; readonly offset: number }
  /** The stack word at a register + offset: frames whose saved registers hang on the frame pointer, signal frames. */
  | { readonly kind: 'at-register'; readonly register: number; readonly offset: number }
  /** CFA + offset. Only for the stack pointer: it is never shown. */
  | { readonly kind: 'cfa'; readonly offset: number };

/** The canonical frame address: on all our CPUs the caller's stack pointer. */
export type CfaRule =
  | { readonly kind: 'register'; readonly register: number; readonly offset: number }
  /** One load: a realigned stack. */
  | { readonly kind: 'at-register'; readonly register: number; readonly offset: number }
  /** The linker's PLT entries: sp + base, and one word more where (pc & 15) >= pivot. */
  | { readonly kind: 'plt'; readonly offset: number; readonly pivot: number };

export interface CfiRule {
  readonly kind: 'cfi';
  readonly cfa: CfaRule;
  readonly returnAddress: RegisterRule;
  /** Of the caller, by register number; a register without a rule keeps its value where the ABI says that callees save it. */
  readonly registers: readonly (readonly [register: number, rule: RegisterRule])[];
  /** The frame was made by a signal: its caller's pc is exact, not a return address. */
  readonly signalFrame: boolean;
}

/** Where a STACK WIN program starts to count from. */
export type WinBase =
  | 'ebp'
  | 'esp'
  /** esp + locals + saved registers + the callee's parameters; ebp + 4 where the frame is realigned. */
  | 'ra-search';

/** An address in a STACK WIN program: base + offset, rounded down to `align` (1: not at all), + after. */
export interface WinPlace {
  readonly base: WinBase;
  readonly offset: number;
  readonly align: number;
  readonly after: number;
}

export interface WinFrameRule {
  readonly kind: 'win-frame';
  readonly parameterBytes: number;
  readonly localBytes: number;
  readonly savedBytes: number;
  /** The program rounds: `ra-search` is ebp + 4, since esp says nothing of the caller's frame. */
  readonly realigned: boolean;
  readonly returnAddressAt: WinPlace;
  readonly stackPointer: WinPlace;
  /** Absent = unknown in the caller; null = unchanged. */
  readonly ebp: WinPlace | null | undefined;
  readonly ebx: WinPlace | null | undefined;
  readonly esi: WinPlace | null | undefined;
  readonly edi: WinPlace | null | undefined;
}

export interface WinFpoRule {
  readonly kind: 'win-fpo';
  readonly parameterBytes: number;
  readonly localBytes: number;
  readonly savedBytes: number;
  /** ebp was used for something else and saved. */
  readonly savesEbp: boolean;
}

export type WinRule = WinFrameRule | WinFpoRule;

/** What a module's symbols say of how to leave the function at one place. */
export interface UnwindEntry {
  readonly win: WinRule | null;
  readonly cfi: CfiRule | null;
  /** The place is the first of its CFI range: a function's entry, where a link register still holds the return address. */
  readonly atEntry: boolean;
}
