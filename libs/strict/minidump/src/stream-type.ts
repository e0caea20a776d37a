/** Stream types that are read, by their numbers: Microsoft's below 0x10000, Breakpad's "Gg", Crashpad's "CP", Mozilla's "Mz". */
export const StreamType = {
  ThreadList: 3,
  ModuleList: 4,
  MemoryList: 5,
  Exception: 6,
  SystemInfo: 7,
  Memory64List: 9,
  UnloadedModuleList: 14,
  MiscInfo: 15,
  MemoryInfoList: 16,
  ThreadInfoList: 17,
  SystemMemoryInfo: 21,
  ProcessVmCounters: 22,
  ThreadNames: 24,
  BreakpadInfo: 0x4767_0001,
  AssertionInfo: 0x4767_0002,
  LinuxProcStatus: 0x4767_0004,
  LinuxLsbRelease: 0x4767_0005,
  LinuxMaps: 0x4767_0009,
  CrashpadInfo: 0x4350_0001,
  MozMacCrashInfo: 0x4d7a_0001,
} as const;
export type StreamType = (typeof StreamType)[keyof typeof StreamType];

export const READ_STREAMS: ReadonlySet<number> = new Set(Object.values(StreamType));

/** Streams that are not read, by what they hold. */
export const LINUX_COMMAND_LINE = 0x4767_0006;
export const LINUX_ENVIRONMENT = 0x4767_0007;
const COMMENTS: ReadonlySet<number> = new Set([10, 11]);
/** Numbers up to here are Microsoft's. */
const LAST_RESERVED = 0xffff;
/** `Gg`, `CP`, `Mz`, and `Kk` of Chromium's stability report, which its own code fills. */
const VENDORS: ReadonlySet<number> = new Set([0x4767, 0x4350, 0x4d7a, 0x4b6b]);

/** True for a stream that a program wrote for itself, or a comment. */
export function isUserStream(type: number): boolean {
  return COMMENTS.has(type) || (type > LAST_RESERVED && !VENDORS.has(type >>> 16));
}
