import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_THREADS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { listCount } from './list-stream.js';

const NAME_BYTES = 12;

/** Names by thread id. One that cannot be read is left out. */
export function readThreadNames(file: DumpFile): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const list = file.stream(StreamType.ThreadNames);
  if (list === null) return names;
  return tolerate(
    file,
    'minidump.bad-thread-names',
    () => {
      const count = listCount(file, list, NAME_BYTES, MAX_THREADS, 'minidump.bad-thread-names');
      for (let i = 0; i < count; i++) {
        const id = list.u32();
        const name = file.utf16At(list.size64());
        if (name === null) file.problem('minidump.bad-thread-names');
        else names.set(id, name);
      }
      return names;
    },
    names,
  );
}
