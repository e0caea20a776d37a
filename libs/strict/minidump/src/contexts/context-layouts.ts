import { type Cpu, numberedRegisters as numbered, type RegisterLayout, registerRow as row } from '@crashkeep/snapshot';

/** One architecture's CONTEXT. */
export interface ContextLayout extends RegisterLayout {
  readonly flagsAt: number;
  /** Bits of the flags that name the architecture: where none of these is set the bytes are no such context. */
  readonly architecture: readonly number[];
}

/** Flags of each architecture: Microsoft's numbers, and Breakpad's where it came first. */
const AMD64: ContextLayout = {
  flagsAt: 48,
  architecture: [0x0010_0000],
  wordBytes: 8,
  registers: row(120, 8, 'rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15 rip'),
  instructionPointer: 'rip',
  stackPointer: 'rsp',
};

const X86: ContextLayout = {
  flagsAt: 0,
  architecture: [0x0001_0000],
  wordBytes: 4,
  registers: [...row(156, 4, 'edi esi ebx edx ecx eax ebp eip'), ['eflags', 192], ['esp', 196]],
  instructionPointer: 'eip',
  stackPointer: 'esp',
};

/** Breakpad's old layout has 64 bits of flags where the new one has 32 of flags and 32 of cpsr: the registers lie the same. */
const ARM64: ContextLayout = {
  flagsAt: 0,
  architecture: [0x0040_0000, 0x8000_0000],
  wordBytes: 8,
  registers: [...row(8, 8, `${numbered('x', 31)} sp pc`), ['fp', 8 + 29 * 8], ['lr', 8 + 30 * 8]],
  instructionPointer: 'pc',
  stackPointer: 'sp',
};

const ARM: ContextLayout = {
  flagsAt: 0,
  architecture: [0x4000_0000, 0x0020_0000],
  wordBytes: 4,
  registers: [...row(4, 4, `${numbered('r', 13)} sp lr pc`), ['cpsr', 68], ['fp', 4 + 11 * 4]],
  instructionPointer: 'pc',
  stackPointer: 'sp',
};

const MIPS_REGISTERS =
  'zero at v0 v1 a0 a1 a2 a3 t0 t1 t2 t3 t4 t5 t6 t7 s0 s1 s2 s3 s4 s5 s6 s7 t8 t9 k0 k1 gp sp fp ra';

/** Sixty-four bits a register on either width. */
const MIPS: ContextLayout = {
  flagsAt: 0,
  architecture: [0x0004_0000, 0x0008_0000],
  wordBytes: 8,
  registers: [...row(8, 8, MIPS_REGISTERS), ['pc', 312]],
  instructionPointer: 'pc',
  stackPointer: 'sp',
};

const PPC: ContextLayout = {
  flagsAt: 0,
  architecture: [0x2000_0000],
  wordBytes: 4,
  registers: [['srr0', 4], ['srr1', 8], ...row(12, 4, numbered('r', 32)), ['lr', 148], ['ctr', 152]],
  instructionPointer: 'srr0',
  stackPointer: 'r1',
};

/** The flags are 64 bits wide: in the big-endian dumps that there are, their low half comes second. */
const PPC64: ContextLayout = {
  flagsAt: 4,
  architecture: [0x0100_0000],
  wordBytes: 8,
  registers: [['srr0', 8], ['srr1', 16], ...row(24, 8, numbered('r', 32)), ['lr', 296], ['ctr', 304]],
  instructionPointer: 'srr0',
  stackPointer: 'r1',
};

const PPC64_LITTLE: ContextLayout = { ...PPC64, flagsAt: 0 };

const SPARC: ContextLayout = {
  flagsAt: 0,
  architecture: [0x1000_0000],
  wordBytes: 8,
  registers: [
    ...row(8, 8, 'g0 g1 g2 g3 g4 g5 g6 g7 o0 o1 o2 o3 o4 o5 sp o7 l0 l1 l2 l3 l4 l5 l6 l7 i0 i1 i2 i3 i4 i5 fp i7'),
    ['pc', 272],
    ['npc', 280],
  ],
  instructionPointer: 'pc',
  stackPointer: 'sp',
};

const RISCV_REGISTERS =
  'pc ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6';

const RISCV: ContextLayout = {
  flagsAt: 0,
  architecture: [0x0080_0000],
  wordBytes: 4,
  registers: row(8, 4, RISCV_REGISTERS),
  instructionPointer: 'pc',
  stackPointer: 'sp',
};

const RISCV64: ContextLayout = {
  ...RISCV,
  architecture: [0x0800_0000],
  wordBytes: 8,
  registers: row(8, 8, RISCV_REGISTERS),
};

/** The layouts to try for a CPU; an unknown one has none. */
export function contextLayouts(cpu: Cpu): readonly ContextLayout[] {
  return LAYOUTS[cpu];
}

const LAYOUTS: Readonly<Record<Cpu, readonly ContextLayout[]>> = {
  amd64: [AMD64],
  x86: [X86],
  arm64: [ARM64],
  arm: [ARM],
  mips: [MIPS],
  mips64: [MIPS],
  ppc: [PPC],
  ppc64: [PPC64, PPC64_LITTLE],
  sparc: [SPARC],
  riscv: [RISCV],
  riscv64: [RISCV64],
  unknown: [],
};
