/** 64 KiB: what one read may give, a page of the viewer many times over. */
export const READ_BYTES_MAX = 64 * 1024;
/** File ranges of one read: an address range may lie in several pieces of the file. */
export const READ_RANGES_MAX = 64;

/** What one request may name. */
export const ASKED_RANGES_MAX = 8;
export const ASKED_RANGE_BYTES_MAX = 1024 * 1024;
export const ASKED_THREADS_MAX = 64;
/** File ranges that a scope may resolve to: what is signed must stay short enough to look at. */
export const GRANT_RANGES_MAX = 256;
