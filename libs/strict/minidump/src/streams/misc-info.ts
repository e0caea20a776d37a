import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';

export interface MiscInfo {
  readonly processId: number | null;
  /** Seconds since 1970. */
  readonly startedAt: number | null;
}

const HAS_PROCESS_ID = 1;
const HAS_PROCESS_TIMES = 2;

/** MINIDUMP_MISC_INFO, of which all five versions begin alike; what the later ones add (power, time zone, build, XSAVE sizes) is not read. */
export function readMiscInfo(file: DumpFile): MiscInfo | null {
  const stream = file.stream(StreamType.MiscInfo);
  if (stream === null) return null;
  return tolerate(
    file,
    'minidump.bad-misc-info',
    () => {
      stream.skip(4);
      const flags = stream.u32();
      const processId = stream.u32();
      const startedAt = stream.u32();
      return {
        processId: (flags & HAS_PROCESS_ID) === 0 ? null : processId,
        startedAt: (flags & HAS_PROCESS_TIMES) === 0 ? null : startedAt,
      };
    },
    null,
  );
}
