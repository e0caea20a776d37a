import { addressClass, isCanonical } from './crash-address-class.js';
import { poisonKind } from './poison.js';
import type { Cpu, ProcessSnapshot } from './process-snapshot.js';

/** What a register holds, without its value: seven classes, below 3 bits. */
export const REGISTER_CLASSES = ['null', 'small', 'stack', 'module', 'poison', 'non-canonical', 'other'] as const;
export type RegisterClass = (typeof REGISTER_CLASSES)[number];

/** A count, a flag, an error code: also below zero. */
const SMALL = 65_536n;

const NARROW: ReadonlySet<Cpu> = new Set(['x86', 'arm', 'mips', 'ppc', 'sparc', 'riscv']);

export function wordBytesOf(cpu: Cpu): 4 | 8 {
  return NARROW.has(cpu) ? 4 : 8;
}

export function registerClass(
  snapshot: Pick<ProcessSnapshot, 'cpu' | 'threads' | 'modules' | 'memory' | 'regionInfo'>,
  value: bigint,
): RegisterClass {
  const wordBytes = wordBytesOf(snapshot.cpu);
  if (value === 0n) return 'null';
  if (value < SMALL || value >= (1n << BigInt(wordBytes * 8)) - SMALL) return 'small';
  if (poisonKind(value, wordBytes) !== null) return 'poison';
  if (!isCanonical(snapshot.cpu, value)) return 'non-canonical';
  const { class: found } = addressClass(snapshot, value);
  return found === 'stack' || found === 'module' ? found : 'other';
}
