import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_THREADS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { extendedListCount } from './list-stream.js';

const INFO_BYTES = 64;

/** Where each thread began, by thread id. Only Windows writes it. */
export function readThreadStarts(file: DumpFile): ReadonlyMap<number, bigint> {
  const starts = new Map<number, bigint>();
  const list = file.stream(StreamType.ThreadInfoList);
  if (list === null) return starts;
  return tolerate(
    file,
    'minidump.bad-thread-info',
    () => {
      const { count, stride } = extendedListCount(file, list, 4, INFO_BYTES, MAX_THREADS, 'minidump.bad-thread-info');
      for (let i = 0; i < count; i++) {
        const id = list.u32();
        list.skip(44); // Flags, errors, exit status and times.
        starts.set(id, list.u64());
        list.skip(stride - 56);
      }
      return starts;
    },
    starts,
  );
}
