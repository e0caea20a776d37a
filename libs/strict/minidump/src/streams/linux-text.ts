import type { RegionInfo } from '@crashkeep/snapshot';
import type { DumpFile } from '../dump-file.js';
import { MAX_REGION_INFOS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { decodeUtf8 } from '../text.js';

/** `START-END PERMS …` in hex, as /proc/PID/maps has it. */
const MAPPING = /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([-r])([-w])([-x])[ps-]/;

/** Regions of /proc/PID/maps; null where the dump has no such stream. */
export function readLinuxMaps(file: DumpFile): RegionInfo[] | null {
  const lines = textLines(file, StreamType.LinuxMaps);
  if (lines === null) return null;
  const regions: RegionInfo[] = [];
  for (const line of lines.slice(0, MAX_REGION_INFOS)) {
    const [, start, end, read, write, execute] = MAPPING.exec(line) ?? [];
    if (start === undefined || end === undefined) continue;
    const address = BigInt(`0x${start}`);
    const size = BigInt(`0x${end}`) - address;
    if (size <= 0n) file.problem('minidump.bad-linux-maps');
    else regions.push({ address, size, readable: read === 'r', writable: write === 'w', executable: execute === 'x' });
  }
  return regions;
}

/** `Pid:` of /proc/PID/status, for dumps without MiscInfo. */
export function readLinuxProcessId(file: DumpFile): number | null {
  const lines = textLines(file, StreamType.LinuxProcStatus) ?? [];
  const pid = lines
    .find((line) => line.startsWith('Pid:'))
    ?.slice(4)
    .trim();
  return pid !== undefined && /^\d{1,10}$/.test(pid) ? Number(pid) : null;
}

function textLines(
  file: DumpFile,
  type: typeof StreamType.LinuxMaps | typeof StreamType.LinuxProcStatus,
): string[] | null {
  const stream = file.stream(type);
  return stream === null ? null : decodeUtf8(stream.bytes).split('\n');
}
