import { type Cpu, type ExceptionRecord, hexCode, linuxReason, type Os } from '@crashkeep/snapshot';
import { macReason } from './mac-reason.js';
import { windowsAddress, windowsReason } from './windows-reason.js';

const CPUS_OF_32_BITS: ReadonlySet<Cpu> = new Set<Cpu>(['x86', 'arm', 'ppc', 'mips', 'sparc', 'riscv']);

/** Why the process crashed, in rust-minidump's words. */
export function crashReason(exception: ExceptionRecord, os: Os, cpu: Cpu): string {
  return named(exception, os, cpu) ?? `unknown ${hexCode(exception.code)} / ${hexCode(exception.flags)}`;
}

/** The address that the crash is about. Some writers extend the sign of a 32-bit one. */
export function crashAddress(exception: ExceptionRecord, os: Os, cpu: Cpu): bigint {
  const address = os === 'windows' ? windowsAddress(exception) : exception.address;
  return CPUS_OF_32_BITS.has(cpu) ? BigInt.asUintN(32, address) : address;
}

function named(exception: ExceptionRecord, os: Os, cpu: Cpu): string | null {
  switch (os) {
    case 'windows':
      return windowsReason(exception);
    case 'linux':
    case 'android':
      return linuxReason(exception.code, exception.flags);
    case 'mac':
    case 'ios':
      return macReason(exception, cpu);
    default:
      return null;
  }
}
