import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';

/** Thread ids that Breakpad's handler noted. */
export interface BreakpadInfo {
  readonly dumpThreadId: number | null;
  readonly requestingThreadId: number | null;
}

export function readBreakpadInfo(file: DumpFile): BreakpadInfo {
  const none: BreakpadInfo = { dumpThreadId: null, requestingThreadId: null };
  const stream = file.stream(StreamType.BreakpadInfo);
  if (stream === null) return none;
  return tolerate(
    file,
    'minidump.bad-breakpad-info',
    () => {
      const validity = stream.u32();
      const dumpThreadId = stream.u32();
      const requestingThreadId = stream.u32();
      return {
        dumpThreadId: (validity & 1) === 0 ? null : dumpThreadId,
        requestingThreadId: (validity & 2) === 0 ? null : requestingThreadId,
      };
    },
    none,
  );
}
