/**
 * minidump: reads a minidump by ranges into a ProcessSnapshot.
 *
 * May import: snapshot. Pure: no I/O but ByteSource.
 * Invariants: every count and place passes DumpFile and Cursor before anything is allocated or read; what is damaged becomes a
 * problem with a closed code, and only a file that is no minidump throws; memory is never read, only located.
 * Sources: Microsoft's minidumpapiset.h; Breakpad's minidump_format.h and Crashpad's minidump_extensions.h (read for facts);
 * rust-minidump for the wording.
 */
export { isMinidump } from './directory.js';
export { MinidumpError, type MinidumpErrorCode } from './minidump-error.js';
export type { MinidumpProblem } from './problems.js';
export { readMinidump } from './read-minidump.js';
