/**
 * elfcore: reads an ELF core file by ranges into a ProcessSnapshot.
 *
 * May import: snapshot. Pure: no I/O but ByteSource.
 * Invariants: every count and place is checked against the file before anything is allocated or read; what is damaged becomes a
 * problem with a closed code, and only a file that is no core throws; of memory only the first pages of mapped files are read.
 * Sources: System V gABI, chapter 5; Linux's fs/binfmt_elf.c and include/uapi/linux/elf.h; FreeBSD's and NetBSD's core(5).
 */
export { ElfCoreError, type ElfCoreErrorCode } from './elf-core-error.js';
export { isElfCore } from './elf-header.js';
export type { ElfCoreProblem } from './problems.js';
export { readElfCore } from './read-elf-core.js';
