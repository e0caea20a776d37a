import type { MemoryRegion } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_MEMORY_REGIONS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { listCount } from './list-stream.js';

const RANGE_BYTES = 16;

/**
 * The process's memory: the full list where there is one, the short one beside it. What lies past the file's end is cut or left out.
 */
export function readMemoryLists(file: DumpFile): MemoryRegion[] {
  const full = readMemory64List(file);
  const short = readMemoryList(file);
  const regions = full.length === 0 ? short : short.length === 0 ? full : [...full, ...short];
  if (regions.length === 0) file.problem('minidump.no-memory');
  return regions;
}

function readMemoryList(file: DumpFile): MemoryRegion[] {
  const regions: MemoryRegion[] = [];
  const list = file.stream(StreamType.MemoryList);
  if (list === null) return regions;
  return tolerate(
    file,
    'minidump.bad-memory',
    () => {
      const count = listCount(file, list, RANGE_BYTES, MAX_MEMORY_REGIONS, 'minidump.bad-memory');
      for (let i = 0; i < count; i++) {
        const address = list.u64();
        const size = list.u32();
        const offset = list.u32();
        // Windows writes ranges without a place for what it could not read.
        if (offset !== 0) addSaved(file, regions, address, size, offset);
      }
      return regions;
    },
    regions,
  );
}

/** All memory follows at one place in the file, in the list's order. */
function readMemory64List(file: DumpFile): MemoryRegion[] {
  const regions: MemoryRegion[] = [];
  const list = file.stream(StreamType.Memory64List);
  if (list === null) return regions;
  return tolerate(
    file,
    'minidump.bad-memory',
    () => {
      const counted = list.size64();
      let offset = list.size64();
      const count = Math.min(list.roomFor(counted, RANGE_BYTES), MAX_MEMORY_REGIONS);
      if (count < counted) file.problem('minidump.bad-memory');
      for (let i = 0; i < count && offset < file.size; i++) {
        const address = list.u64();
        const size = list.size64();
        addSaved(file, regions, address, size, offset);
        offset += size;
      }
      return regions;
    },
    regions,
  );
}

function addSaved(file: DumpFile, regions: MemoryRegion[], address: bigint, size: number, offset: number): void {
  const there = Math.min(size, file.size - offset);
  if (there < size) file.problem('minidump.truncated');
  if (there > 0) regions.push({ address, size: there, offset });
}
