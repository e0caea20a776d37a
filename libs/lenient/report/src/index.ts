/**
 * report: the one schema of what may be shown of a crash, and its field dictionary.
 *
 * May import: ids. Knows no dump: the lenient side reads this, the airlock fills it.
 * Invariants: leaves are enums, bounded numbers, booleans and ScreenedText; `Leaks<LenientReport>` is false (npm run laws).
 * Sources: DESIGN.md 6; facts on lenient fields.
 */
export {
  AddressClass,
  CpuName,
  FRAMES_MAX,
  FrameTrust,
  LenientFrame,
  LenientInline,
  LenientModule,
  LenientReport,
  LenientThread,
  MODULES_MAX,
  OsName,
  SignaturePartWhy,
  THREADS_MAX,
  WithheldKind,
} from './lenient-report.js';
export { SCREENED_TEXT_MAX, type ScreenedText, ScreenedTextWire, mintScreenedText } from './screened-text.js';
