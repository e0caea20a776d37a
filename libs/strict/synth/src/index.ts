/**
 * synth: an independent writer of minidumps, for tests and for the sample that `npm start` shows.
 *
 * May import: nothing of Crashkeep; above all not minidump, which it tests.
 * Invariants: what it writes is well-formed unless a test asks otherwise, and the same each time.
 * Sources: Microsoft's minidumpapiset.h, Breakpad's minidump_format.h, Crashpad's minidump_extensions.h (read for facts).
 */
export type { Registers, SynthCpu } from './context-bytes.js';
export { fullSampleDump, type SparseFile } from './sample/full-sample-dump.js';
export { type SampleOptions, sampleBuilder, sampleDump } from './sample/sample-dump.js';
export { type SampleSymbolFile, sampleSymbols } from './sample/sample-symbols.js';
export { type StackDrawing, labelAddress, stackAt } from './stack-drawing.js';
export { SynthMinidump, synthMinidump } from './synth-minidump.js';
export type {
  SynthAnnotations,
  SynthException,
  SynthMemory,
  SynthMisc,
  SynthModule,
  SynthOptions,
  SynthSystem,
  SynthThread,
} from './synth-parts.js';
