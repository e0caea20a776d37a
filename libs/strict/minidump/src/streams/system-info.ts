import type { Cpu, Os } from '@crashkeep/snapshot';
import { type DumpFile, tolerate } from '../dump-file.js';
import { StreamType } from '../stream-type.js';
import { cpuInfo } from './cpu-info.js';

export interface SystemInfo {
  readonly cpu: Cpu;
  readonly os: Os;
  /** `version` and `build` as rust-minidump joins them. */
  readonly osVersion: string | null;
  readonly cpuInfo: string | null;
  readonly cpuCount: number | null;
}

const CPUS: Readonly<Record<number, Cpu>> = {
  0: 'x86',
  1: 'mips',
  3: 'ppc',
  5: 'arm',
  9: 'amd64',
  10: 'x86', // A 32-bit program on 64-bit Windows.
  12: 'arm64',
  0x8001: 'sparc',
  0x8002: 'ppc64',
  0x8003: 'arm64', // Breakpad's, before Microsoft gave it a number.
  0x8004: 'mips64',
  0x8005: 'riscv',
  0x8006: 'riscv64',
};

const PLATFORMS: Readonly<Record<number, Os>> = {
  1: 'windows',
  2: 'windows',
  3: 'windows',
  0x8101: 'mac',
  0x8102: 'ios',
  0x8201: 'linux',
  0x8202: 'solaris',
  0x8203: 'android',
  0x8206: 'fuchsia',
};

export function readSystemInfo(file: DumpFile): SystemInfo {
  const unknown: SystemInfo = { cpu: 'unknown', os: 'unknown', osVersion: null, cpuInfo: null, cpuCount: null };
  const stream = file.stream(StreamType.SystemInfo);
  if (stream === null) {
    file.problem('minidump.no-system-info');
    return unknown;
  }
  return tolerate(
    file,
    'minidump.bad-system-info',
    () => {
      const architecture = stream.u16();
      const level = stream.u16();
      const revision = stream.u16();
      const cpuCount = stream.u8();
      stream.skip(1);
      const numbers = `${String(stream.u32())}.${String(stream.u32())}.${String(stream.u32())}`;
      const platform = stream.u32();
      const build = file.utf16At(stream.u32());
      stream.skip(4);
      const cpu = CPUS[architecture] ?? 'unknown';
      const os = PLATFORMS[platform] ?? 'unknown';
      return {
        cpu,
        os,
        osVersion: osVersion(os, numbers, build),
        cpuInfo: cpuInfo(cpu, level, revision, stream),
        cpuCount,
      };
    },
    unknown,
  );
}

/**
 * Breakpad on Linux leaves the numbers zero and puts `uname -srvmo` into the build: "Linux VERSION BUILD… ARCH GNU/Linux".
 */
function osVersion(os: Os, numbers: string, build: string | null): string {
  const trimmed = build?.trim() ?? '';
  if (os === 'linux' && numbers === '0.0.0') {
    const words = (build ?? '').split(' ');
    const version = words[1] ?? '0.0.0';
    if (version !== '0.0.0') {
      // rust-minidump looks for "Linux/GNU" here, so the architecture stays where uname wrote "GNU/Linux".
      const end = words.at(-1) === 'Linux/GNU' ? -2 : -1;
      return `${version} ${words.slice(2, end).join(' ')}`;
    }
  }
  return trimmed === '' ? numbers : `${numbers} ${trimmed}`;
}
