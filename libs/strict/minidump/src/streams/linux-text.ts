import type { RegionInfo } from '@crashkeep/snapshot';
import type { DumpFile } from '../dump-file.js';
import { MAX_REGION_INFOS } from '../limits.js';
import { StreamType } from '../stream-type.js';
import { decodeUtf8 } from '../text.js';

/** `START-END PERMS …` in hex, as /proc/PID/maps has it. */
const MAPPING = /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([-r])([-w])([-x])[ps-]/;

/** `KEY=VALUE`, with quotes or without. */
const ASSIGNMENT = /^([A-Z_]{1,64})="?([^"]{0,256})"?$/;

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

/** `VmRSS:` of /proc/PID/status, in bytes. */
export function readLinuxResidentBytes(file: DumpFile): number | null {
  const lines = textLines(file, StreamType.LinuxProcStatus) ?? [];
  const kibibytes = lines.map((line) => /^VmRSS:\s+(\d{1,10}) kB/.exec(line)?.[1]).find((text) => text !== undefined);
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/** `NAME VERSION` of the distribution: /etc/lsb-release or /etc/os-release, whichever Breakpad found. */
export function readLinuxDistribution(file: DumpFile): string | null {
  const fields = new Map<string, string>();
  for (const line of textLines(file, StreamType.LinuxLsbRelease) ?? []) {
    const [, key, value] = ASSIGNMENT.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, value);
  }
  return fields.get('DISTRIB_DESCRIPTION') ?? fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? null;
}

type TextStream = typeof StreamType.LinuxMaps | typeof StreamType.LinuxProcStatus | typeof StreamType.LinuxLsbRelease;

function textLines(file: DumpFile, type: TextStream): string[] | null {
  const stream = file.stream(type);
  return stream === null ? null : decodeUtf8(stream.bytes).split('\n');
}
