import type { MemoryRegion } from '@crashkeep/snapshot';
import type { Location } from '../directory.js';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_THREADS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { listCount } from './list-stream.js';

const THREAD_BYTES = 48;

export interface ThreadRecord {
  readonly id: number;
  readonly stackAddress: bigint;
  /** As the record says: Windows writes a size and no place where the memory list holds the bytes. */
  readonly stack: MemoryRegion | null;
  readonly context: Location;
}

export function readThreadList(file: DumpFile): ThreadRecord[] {
  const list = file.stream(StreamType.ThreadList);
  if (list === null) {
    file.problem('minidump.no-threads');
    return [];
  }
  const threads: ThreadRecord[] = [];
  return tolerate(
    file,
    'minidump.bad-threads',
    () => {
      const count = listCount(file, list, THREAD_BYTES, MAX_THREADS, 'minidump.bad-threads');
      for (let i = 0; i < count; i++) {
        const id = list.u32();
        list.skip(20); // Suspend count, priority class, priority, TEB.
        const stackAddress = list.u64();
        const size = list.u32();
        const offset = list.u32();
        const contextSize = list.u32();
        const context = { rva: list.u32(), size: contextSize };
        threads.push({ id, stackAddress, stack: savedStack(file, stackAddress, size, offset), context });
      }
      return threads;
    },
    threads,
  );
}

function savedStack(file: DumpFile, address: bigint, size: number, offset: number): MemoryRegion | null {
  const there = Math.min(size, file.size - offset);
  if (offset === 0 || there <= 0) return null;
  if (there < size) file.problem('minidump.truncated');
  return { address, size: there, offset };
}
