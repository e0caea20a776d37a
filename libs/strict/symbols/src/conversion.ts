import type { ByteSource } from '@crashkeep/snapshot';
import type { SymbolIdentity } from './symbol-form.js';

export interface ConversionOptions {
  /** From `loadDemangler`; without it names stay as the file spells them. */
  readonly demangle?: (name: string) => string;
  /** ELF: other files of the same build (the debug file of a program, or the program of a debug file); others are passed over. */
  readonly companions?: readonly ByteSource[];
  /** Bytes that the conversion may hold, and so about what the form may have. Default 768 MiB. */
  readonly maxFormBytes?: number;
  /** Bytes of text. Default 8 GiB. */
  readonly maxTextBytes?: number;
}

export interface DroppedRecords {
  /** Lines that are no record, or one in the wrong place. */
  readonly badLines: number;
  /** Lines of more than 256 KiB. */
  readonly longLines: number;
  /** Records whose addresses do not fit a module. */
  readonly outOfRange: number;
  /** Unwind rules of shapes that are not allowed, or damaged. */
  readonly unwindRules: number;
}

export interface ConvertedSymbols {
  readonly identity: SymbolIdentity;
  /** The form, in pieces that follow each other. */
  readonly form: readonly Uint8Array[];
  readonly dropped: DroppedRecords;
}

export const DEFAULT_FORM_BYTES = 768 * 1024 * 1024;
