import type { MemoryFigures } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';
import { readLinuxResidentBytes } from './linux-text.js';

/** MINIDUMP_SYSTEM_MEMORY_INFO_1: revision and flags, the basic information, and the file cache's lie before the figures. */
const PAGE_SIZE_AT = 8;
const PHYSICAL_PAGES_AT = 12;
const PERFORMANCE_AT = 116;
/** MINIDUMP_PROCESS_VM_COUNTERS, of either version. */
const WORKING_SET_AT = 16;
const PAGE_FILE_USAGE_AT = 56;

const UNKNOWN: MemoryFigures = { physical: null, available: null, committed: null, commitLimit: null, process: null };

/** What Windows tells of the machine's memory and the process's, or Linux of the process's; null where the dump says nothing. */
export function readMemoryFigures(file: DumpFile): MemoryFigures | null {
  const machine = readMachine(file);
  const process = readProcess(file) ?? readLinuxResidentBytes(file);
  return machine === null && process === null ? null : { ...UNKNOWN, ...machine, process };
}

function readMachine(file: DumpFile): Omit<MemoryFigures, 'process'> | null {
  const stream = file.stream(StreamType.SystemMemoryInfo);
  if (stream === null) return null;
  return tolerate(
    file,
    'minidump.bad-memory-figures',
    () => {
      stream.seek(PAGE_SIZE_AT);
      const pageBytes = stream.u32();
      stream.seek(PHYSICAL_PAGES_AT);
      const physical = stream.u32() * pageBytes;
      stream.seek(PERFORMANCE_AT);
      const [available, committed, commitLimit] = [stream.u64(), stream.u64(), stream.u64()];
      const bytes = (pages: bigint): number => Number(pages) * pageBytes;
      return { physical, available: bytes(available), committed: bytes(committed), commitLimit: bytes(commitLimit) };
    },
    null,
  );
}

/** What the process has committed; its working set where that is not counted. */
function readProcess(file: DumpFile): number | null {
  const stream = file.stream(StreamType.ProcessVmCounters);
  if (stream === null) return null;
  return tolerate(
    file,
    'minidump.bad-memory-figures',
    () => {
      stream.seek(WORKING_SET_AT);
      const workingSet = stream.u64();
      stream.seek(PAGE_FILE_USAGE_AT);
      const committed = stream.u64();
      return Number(committed === 0n ? workingSet : committed);
    },
    null,
  );
}
