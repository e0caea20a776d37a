import type { Cursor } from '@crashkeep/snapshot';

/** What the kernel told the program at its start: pairs of a type and a value. */
export function readAuxiliaryVector(note: Cursor, is64: boolean): Map<number, bigint> {
  const auxiliary = new Map<number, bigint>();
  const word = (): bigint => (is64 ? note.u64() : BigInt(note.u32()));
  while (note.left >= (is64 ? 16 : 8)) {
    const type = Number(word());
    auxiliary.set(type, word());
  }
  return auxiliary;
}
