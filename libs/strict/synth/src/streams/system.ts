import type { DumpLayout } from '../dump-layout.js';
import type { SynthMisc, SynthSystem } from '../synth-parts.js';

const ARCHITECTURES = { x86: 0, arm: 5, amd64: 9, arm64: 12 } as const;
const PLATFORMS = { windows: 2, mac: 0x8101, linux: 0x8201, android: 0x8203 } as const;

export function writeSystem(layout: DumpLayout, system: SynthSystem): void {
  const build = layout.utf16(system.build);
  layout.stream(7, (out) => {
    out.u16(ARCHITECTURES[system.cpu]).u16(6).u16(0x9e0a).u8(system.cpuCount).u8(0);
    out.u32(...system.version, PLATFORMS[system.platform], build, 0);
    // x86: the maker's name; elsewhere zeroes will do.
    out.bytes(new TextEncoder().encode(system.cpu === 'x86' ? 'GenuineIntel' : '\0'.repeat(12))).zeros(12);
  });
}

export function writeMisc(layout: DumpLayout, misc: SynthMisc): void {
  layout.stream(15, (out) => out.u32(24, 3, misc.processId, misc.startedAt, 1, 0));
}
