/** Caps on what one dump may list: Breakpad's where it has one, raised where real dumps were seen to pass it. */
export const MAX_THREADS = 4096;
export const MAX_MODULES = 4096;
/** Wine writes some 4,600 entries of a few bytes; full dumps of browsers have tens of thousands. */
export const MAX_MEMORY_REGIONS = 65_536;
export const MAX_REGION_INFOS = 65_536;
export const MAX_ANNOTATIONS = 4096;
export const MAX_MESSAGES = 64;
