import type { Cpu, Cursor } from '@crashkeep/snapshot';

const ARM_VENDORS: Readonly<Record<number, string>> = {
  0x41: 'ARM',
  0x51: 'Qualcomm',
  0x56: 'Marvell',
  0x69: 'Intel/Marvell',
};

/** By CPUID without its variant and revision. */
const ARM_PARTS: Readonly<Record<number, string>> = {
  0x4100c050: 'Cortex-A5',
  0x4100c080: 'Cortex-A8',
  0x4100c090: 'Cortex-A9',
  0x4100c0f0: 'Cortex-A15',
  0x4100c140: 'Cortex-R4',
  0x4100c150: 'Cortex-R5',
  0x4100b360: 'ARM1136',
  0x4100b560: 'ARM1156',
  0x4100b760: 'ARM1176',
  0x4100b020: 'ARM11-MPCore',
  0x41009260: 'ARM926',
  0x41009460: 'ARM946',
  0x41009660: 'ARM966',
  0x510006f0: 'Krait',
  0x510000f0: 'Scorpion',
};

/** Names of AT_HWCAP's bits on 32-bit ARM, from bit 0 on. */
const ARM_FEATURES =
  'swp half thumb 26bit fastmult fpa vfpv2 edsp java iwmmxt crunch thumbee neon vfpv3 vfpv3d16 tls vfpv4 idiva idivt'.split(
    ' ',
  );

/** The CPU in rust-minidump's words; `union` stands at the 24 bytes that mean something else for each architecture. */
export function cpuInfo(cpu: Cpu, level: number, revision: number, union: Cursor): string | null {
  const steps = `family ${String(level)} model ${String((revision >> 8) & 0xff)} stepping ${String(revision & 0xff)}`;
  switch (cpu) {
    case 'x86':
      return `${vendor(union)} ${steps}`;
    case 'amd64':
      return steps;
    case 'arm':
      return armInfo(level, union.u32(), union.u32());
    default:
      return null;
  }
}

/** Twelve letters in three words: `GenuineIntel`. */
function vendor(union: Cursor): string {
  let text = '';
  for (let i = 0; i < 3; i++) {
    const word = union.u32();
    for (const shift of [0, 8, 16, 24]) text += String.fromCharCode((word >>> shift) & 0xff);
  }
  return text;
}

function armInfo(level: number, cpuid: number, hwcaps: number): string {
  let text = `ARMv${String(level)}`;
  if (cpuid !== 0) {
    const vendorId = cpuid >>> 24;
    const part = (cpuid & 0xff00_fff0) >>> 0;
    text += ` ${ARM_VENDORS[vendorId] ?? `vendor(0x${vendorId.toString(16)})`}`;
    text += ` ${ARM_PARTS[part] ?? `part(0x${part.toString(16)})`}`;
  }
  const features = ARM_FEATURES.filter((_, bit) => (hwcaps >>> bit) & 1);
  return features.length === 0 ? text : `${text} features: ${features.join(',')}`;
}
