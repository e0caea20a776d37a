import type { RegionInfo } from '@crashkeep/snapshot';
import type { DumpFile } from '../dump-file.js';
import { readLinuxMaps } from './linux-text.js';
import { readMemoryInfoList } from './memory-info-list.js';

/** What the dump says of the address space, sorted by address: Windows' list, or Linux's where there is none. */
export function readRegionInfo(file: DumpFile): RegionInfo[] {
  const regions = readMemoryInfoList(file) ?? readLinuxMaps(file) ?? [];
  return regions.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}
