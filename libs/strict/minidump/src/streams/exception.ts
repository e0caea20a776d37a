import type { ExceptionRecord } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';

const MAX_PARAMETERS = 15;

export interface ExceptionStream {
  readonly record: Omit<ExceptionRecord, 'context'>;
  readonly context: Location;
}

export function readException(file: DumpFile): ExceptionStream | null {
  const stream = file.stream(StreamType.Exception);
  if (stream === null) {
    file.problem('minidump.no-exception');
    return null;
  }
  return tolerate(
    file,
    'minidump.bad-exception',
    () => {
      const threadId = stream.u32();
      stream.skip(4);
      const code = stream.u32();
      const flags = stream.u32();
      stream.skip(8); // A nested record, in the process's memory.
      const address = stream.u64();
      const count = stream.u32();
      stream.skip(4);
      if (count > MAX_PARAMETERS) file.problem('minidump.bad-exception');
      const slots = Array.from({ length: MAX_PARAMETERS }, () => stream.u64());
      const size = stream.u32();
      const context = { rva: stream.u32(), size };
      return { record: { threadId, code, flags, address, parameters: slots.slice(0, count) }, context };
    },
    null,
  );
}
