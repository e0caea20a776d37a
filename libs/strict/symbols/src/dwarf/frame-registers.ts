import type { Cpu } from '@crashkeep/snapshot';

/** How DWARF numbers a CPU's registers. */
export interface FrameRegisters {
  /** Ours by DWARF's number; undefined for floating-point and other ones. */
  numberOf(dwarf: number): number | undefined;
  readonly stackPointer: number;
  readonly instructionPointer: number;
  /** The column that stands for the return address without a rule: the register holds it. Null where a call pushes it. */
  readonly link: number | null;
}

/** Our register files follow DWARF's order but for what lies behind the general registers. */
const REGISTERS: Partial<Record<Cpu, FrameRegisters>> = {
  amd64: { numberOf: below(17), stackPointer: 7, instructionPointer: 16, link: null },
  x86: { numberOf: below(9), stackPointer: 4, instructionPointer: 8, link: null },
  arm64: { numberOf: below(32), stackPointer: 31, instructionPointer: 32, link: 30 },
  arm: { numberOf: below(16), stackPointer: 13, instructionPointer: 15, link: 14 },
};

export function frameRegistersOf(cpu: Cpu): FrameRegisters | null {
  return REGISTERS[cpu] ?? null;
}

function below(count: number): (dwarf: number) => number | undefined {
  return (dwarf) => (dwarf >= 0 && dwarf < count ? dwarf : undefined);
}
