/**
 * symbols: what a symbol file says of a module, in a form that a walk reads by ranges and never parses as text.
 *
 * May import: snapshot. Pure: no I/O but ByteSource; the demangler and the disassembler load their own WebAssembly.
 * Invariants: symbol files are hostile. Unwind rules have only the shapes of DESIGN.md 6; names lie apart from what the
 * walker reads; a form is checked when it is read, whoever wrote it.
 * Sources: Breakpad's docs/symbol_files.md, rust-minidump's breakpad-symbols (read for facts); DWARF 2 to 5, the System V gABI
 * and the LSB's .eh_frame; Microsoft's PE format and x64 exception handling. The form: FORMAT.md.
 */
export { convertBreakpadSymbols } from './breakpad/convert-breakpad-symbols.js';
export type { ConversionOptions, ConvertedSymbols, DroppedRecords } from './conversion.js';
export { convertElfSymbols } from './elf/convert-elf-symbols.js';
export { CONVERTER_VERSION } from './converter-version.js';
export { convertSymbolFile } from './convert-symbol-file.js';
export { type SymbolFileName, identifySymbolFile } from './identify-symbol-file.js';
export {
  type CodeAt,
  type Disassemble,
  INSTRUCTION_BYTES_MAX,
  type Instruction,
  loadDisassembler,
} from './disassembler.js';
export { REGISTER_NAMES } from './named-registers.js';
export { layeredForm } from './layered-form.js';
export { loadDemangler } from './demangler.js';
export { openSymbolForm, walkBytesOf } from './form/open-symbol-form.js';
export type { FrameNames, InlineNames } from './frame-names.js';
export { convertPeSymbols } from './pe/convert-pe-symbols.js';
export { type RegisterFile, registerFileOf } from './register-file.js';
export type { FunctionSpan, SymbolForm, SymbolIdentity } from './symbol-form.js';
export { SymbolsError, type SymbolsErrorCode } from './symbols-error.js';
export type {
  CfaRule,
  CfiRule,
  RegisterRule,
  UnwindEntry,
  WinBase,
  WinFpoRule,
  WinFrameRule,
  WinPlace,
  WinRule,
} from './unwind-rule.js';
