/**
 * report: the one schema of what may be shown of a crash, its field dictionary, and the type law of the lenient side.
 *
 * May import: ids. Knows no dump: the lenient side reads this, the airlock fills it. Runs in a browser too.
 * Invariants: leaves are enums, bounded numbers, booleans and ScreenedText; `Leaks<LenientReport>` is false (npm run laws).
 * Text is minted by `@crashkeep/report/mint`, which only the airlock may import.
 * Sources: DESIGN.md 6; facts on lenient fields.
 */
export {
  AddressClass,
  CpuName,
  CrashCause,
  FaultingInstruction,
  FRAMES_MAX,
  FrameTrust,
  LenientFrame,
  LenientInline,
  LenientModule,
  LenientReport,
  LenientThread,
  MODULES_MAX,
  OsName,
  RegisterClass,
  REGISTERS_MAX,
  SignaturePartWhy,
  THREADS_MAX,
  WithheldKind,
} from './lenient-report.js';
export { BugTracker, bugDraft } from './bug-draft.js';
export { DumpFailure, dumpFailureOf } from './dump-failure.js';
export { type Capacity, FIELD_CAPACITY } from './field-capacity.js';
export { FIELD_DICTIONARY, type FieldRow, type FieldSource } from './field-dictionary.js';
export { type Leaks } from './leaks.js';
export { reportAsMarkdown } from './report-as-markdown.js';
export { SCREENED_TEXT_MAX, type ScreenedText, ScreenedTextWire } from './screened-text.js';
export { SCREEN_COUNT_MAX, ScreenSummary } from './screen-summary.js';
