import { type Cpu, type ExceptionRecord, hexCode } from '@crashkeep/snapshot';
import { BAD_ACCESS_KERNEL, CPU_CODES, EXCEPTIONS, GUARDS, RESOURCES, SIMULATED, SOFTWARE } from './mac-codes.js';

/**
 * A Mach exception in rust-minidump's words; null for an unknown one.
 *
 * Of EXC_RESOURCE and EXC_GUARD only the kinds are told. rust-minidump adds the values (limits, descriptors, a guard's 64-bit
 * identifier, which is a number that the program chose), but a reason is a closed vocabulary here.
 */
export function macReason({ code, flags, parameters }: ExceptionRecord, cpu: Cpu): string | null {
  if (code === SIMULATED) return 'Simulated Exception';
  const exception = EXCEPTIONS[code];
  if (exception === undefined) return null;
  return `${exception} / ${detail(exception, flags, parameters[1] ?? 0n, cpu) ?? hexCode(flags)}`;
}

function detail(exception: string, flags: number, kernelCode: bigint, cpu: Cpu): string | undefined {
  const family = cpu === 'amd64' || cpu === 'x86' ? 'x86' : cpu === 'arm64' || cpu === 'ppc' ? cpu : null;
  const own = family === null ? undefined : CPU_CODES[family][exception]?.[flags];
  switch (exception) {
    case 'EXC_BAD_ACCESS':
      return BAD_ACCESS_KERNEL[flags] ?? own;
    case 'EXC_SOFTWARE':
      return SOFTWARE[flags];
    case 'EXC_RESOURCE':
      return kindAndFlavor(RESOURCES, flags >>> 29, Number((kernelCode >> 58n) & 7n));
    case 'EXC_GUARD':
      return kindAndFlavor(GUARDS, flags >>> 29, Number((kernelCode >> 32n) & 0x1fff_ffffn));
    default:
      return own;
  }
}

function kindAndFlavor(kinds: typeof RESOURCES, kind: number, flavor: number): string | undefined {
  const known = kinds[kind];
  const name = known?.flavors[flavor];
  return name === undefined ? known?.name : `${known?.name ?? ''} / ${name}`;
}
