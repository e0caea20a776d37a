import { type Cpu, numberedRegisters as numbered, type RegisterLayout, registerRow as row } from '@crashkeep/snapshot';

/** elf_gregset_t of each architecture: the order in which Linux saves registers. */
const LAYOUTS: Readonly<Partial<Record<Cpu, RegisterLayout>>> = {
  amd64: {
    wordBytes: 8,
    registers: row(0, 8, 'r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi - rip - rflags rsp'),
    instructionPointer: 'rip',
    stackPointer: 'rsp',
  },
  x86: {
    wordBytes: 4,
    registers: row(0, 4, 'ebx ecx edx esi edi ebp eax - - - - - eip - eflags esp'),
    instructionPointer: 'eip',
    stackPointer: 'esp',
  },
  arm64: {
    wordBytes: 8,
    registers: [...row(0, 8, `${numbered('x', 31)} sp pc`), ['fp', 29 * 8], ['lr', 30 * 8]],
    instructionPointer: 'pc',
    stackPointer: 'sp',
  },
  arm: {
    wordBytes: 4,
    registers: [...row(0, 4, `${numbered('r', 13)} sp lr pc cpsr`), ['fp', 11 * 4]],
    instructionPointer: 'pc',
    stackPointer: 'sp',
  },
  ppc64: {
    wordBytes: 8,
    registers: [...row(0, 8, numbered('r', 32)), ['srr0', 32 * 8], ['ctr', 35 * 8], ['lr', 36 * 8]],
    instructionPointer: 'srr0',
    stackPointer: 'r1',
  },
  ppc: {
    wordBytes: 4,
    registers: [...row(0, 4, numbered('r', 32)), ['srr0', 32 * 4], ['ctr', 35 * 4], ['lr', 36 * 4]],
    instructionPointer: 'srr0',
    stackPointer: 'r1',
  },
  riscv64: riscv(8),
  riscv: riscv(4),
};

function riscv(wordBytes: 4 | 8): RegisterLayout {
  const names = 'pc ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6';
  return { wordBytes, registers: row(0, wordBytes, names), instructionPointer: 'pc', stackPointer: 'sp' };
}

/** Null for architectures whose threads are listed without registers. */
export function linuxRegisters(cpu: Cpu): RegisterLayout | null {
  return LAYOUTS[cpu] ?? null;
}
