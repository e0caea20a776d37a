import type { RegionInfo } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { MAX_REGION_INFOS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { extendedListCount } from './list-stream.js';

const INFO_BYTES = 48;
const COMMITTED = 0x1000;
/** PAGE_READONLY, READWRITE, EXECUTE_READ, EXECUTE_READWRITE, and the two that copy on write. */
const READABLE = 0x02 | 0x04 | 0x08 | 0x20 | 0x40 | 0x80;
const WRITABLE = 0x04 | 0x08 | 0x40 | 0x80;
const EXECUTABLE = 0x10 | 0x20 | 0x40 | 0x80;
const GUARD = 0x100;

/** The regions of VirtualQuery that were committed; null where the dump has no such list. */
export function readMemoryInfoList(file: DumpFile): RegionInfo[] | null {
  const list = file.stream(StreamType.MemoryInfoList);
  if (list === null) return null;
  const regions: RegionInfo[] = [];
  return tolerate(
    file,
    'minidump.bad-memory-info',
    () => {
      const { count, stride } = extendedListCount(
        file,
        list,
        8,
        INFO_BYTES,
        MAX_REGION_INFOS,
        'minidump.bad-memory-info',
      );
      for (let i = 0; i < count; i++) {
        const address = list.u64();
        list.skip(16); // The allocation that it is part of.
        const size = list.u64();
        const state = list.u32();
        const protection = list.u32();
        list.skip(stride - 40);
        // A guard page refuses whatever its other bits allow.
        const granted = (protection & GUARD) === 0 ? protection : 0;
        if ((state & COMMITTED) !== 0) {
          regions.push({
            address,
            size,
            readable: (granted & READABLE) !== 0,
            writable: (granted & WRITABLE) !== 0,
            executable: (granted & EXECUTABLE) !== 0,
          });
        }
      }
      return regions;
    },
    regions,
  );
}
