/**
 * screen: finds key material and credentials in the memory of a dump, and says what it did not search.
 *
 * May import: snapshot. Pure: no I/O but ByteSource.
 * Invariants: a finding says kind and place, never the value, a piece of it, or what stands beside it; memory does not grow
 * with the dump; whatever was left out is in `skipped`.
 * Sources: facts of docs/screening.md; FIPS 197; RFC 8017, 5958, 5915, 7517, 8032; OpenSSH's PROTOCOL.key and sshkey.c.
 */
export { type ScreenRegion, regionsOfDump } from './frame/region-run.js';
export type { Skip, SkipReason } from './job/coverage.js';
export { DETECTOR_SET } from './job/detector.js';
export type { FileSpan, Finding, Level, PublicPart, Severity } from './job/finding.js';
export type { Stage } from './job/job.js';
export { screen, type ScreenOptions, type ScreenResult } from './screen.js';
