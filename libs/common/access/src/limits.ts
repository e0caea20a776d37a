/** 64 KiB: what one read may give, a page of the viewer many times over. */
export const READ_BYTES_MAX = 64 * 1024;
/** File ranges of one read: an address range may lie in several pieces of the file. */
export const READ_RANGES_MAX = 64;

/** Ranges that one read may ask for: a debugger's batch. */
export const READ_ASKS_MAX = 32;
/** What one grant gives in a minute, whatever its budget: a person reads less, a program that empties a dump more. */
export const READS_PER_MINUTE = 1_200;
export const READ_BYTES_PER_MINUTE = 16 * 1024 * 1024;

/** What one request may name. */
export const ASKED_RANGES_MAX = 8;
export const ASKED_RANGE_BYTES_MAX = 1024 * 1024;
export const ASKED_THREADS_MAX = 64;
/** File ranges that a scope may resolve to: what is signed must stay short enough to look at. */
export const GRANT_RANGES_MAX = 256;
