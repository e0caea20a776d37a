import type { Cpu } from '@crashkeep/snapshot';
import type { FrameNames } from './frame-names.js';
import type { UnwindEntry } from './unwind-rule.js';

/** Which module a form is of, as the symbol file says. */
export interface SymbolIdentity {
  /** As spelled in the MODULE record: `Linux`, `windows`, `mac`… */
  readonly os: string;
  readonly cpu: Cpu;
  /** Breakpad's form: GUID, 32 upper hex digits, then age in hex. */
  readonly debugId: string;
  readonly debugFile: string;
  readonly codeId: string | null;
}

/** The extent of a function as the walker needs it: no name. */
export interface FunctionSpan {
  /** Offset of the function's first byte in the module. */
  readonly start: number;
  /** Bytes of arguments that the function takes off the stack (x86). */
  readonly parameterBytes: number;
  /** False for a record without a name: it is no evidence that an address is code. */
  readonly named: boolean;
}

/**
 * A module's symbols, read by ranges. Offsets are from the module's base. All methods throw `SymbolsError` with code
 * `symbols.damaged-form` on a form that contradicts itself, and what the source throws.
 */
export interface SymbolForm {
  readonly identity: SymbolIdentity;
  /** True where the symbols describe how to unwind anything at all. */
  readonly hasUnwind: boolean;
  /** True where they name functions: then an address outside all of them is no code. */
  readonly hasFunctions: boolean;
  /** True where machine code of the uploaded image is kept: `.sym` files and PDBs have none. */
  readonly hasCode: boolean;
  functionAt(offset: number): FunctionSpan | null;
  unwindAt(offset: number): UnwindEntry | null;
  /** Machine code as the uploaded image has it, up to `length` bytes; null where it has none there. */
  codeAt(offset: number, length: number): Uint8Array | null;
  /** Reads the part that holds names: not for the process that parses dumps. */
  describe(offset: number): FrameNames | null;
}
