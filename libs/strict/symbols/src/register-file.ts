import type { Cpu } from '@crashkeep/snapshot';

/** The registers that unwind rules may name, by number: the same numbers in the symbol form and in the walker. */
export interface RegisterFile {
  readonly cpu: Cpu;
  readonly wordBytes: 4 | 8;
  /** By number; the names of `ThreadContext.registers`. */
  readonly names: readonly string[];
  readonly instructionPointer: number;
  readonly stackPointer: number;
  readonly framePointer: number;
  /** Holds the return address on entry; null where a call pushes it. */
  readonly linkRegister: number | null;
  /** A register's number by any spelling that .sym files use, `$` taken off; undefined for floating-point and unknown ones. */
  numberOf(name: string): number | undefined;
}

const AMD64 = 'rax rdx rcx rbx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip'.split(' ');
const X86 = 'eax ecx edx ebx esp ebp esi edi eip'.split(' ');
const ARM64 = [...Array.from({ length: 29 }, (_, i) => `x${String(i)}`), 'fp', 'lr', 'sp', 'pc'];
const ARM = 'r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 fp r12 sp lr pc'.split(' ');
const MIPS = 's0 s1 s2 s3 s4 s5 s6 s7 gp sp fp ra pc'.split(' ');

const FILES: readonly RegisterFile[] = [
  registerFile('amd64', 8, AMD64, ['rip', 'rsp', 'rbp', null], {}),
  registerFile('x86', 4, X86, ['eip', 'esp', 'ebp', null], {}),
  registerFile('arm64', 8, ARM64, ['pc', 'sp', 'fp', 'lr'], { x29: 'fp', x30: 'lr' }),
  registerFile('arm', 4, ARM, ['pc', 'sp', 'fp', 'lr'], { r11: 'fp', r13: 'sp', r14: 'lr', r15: 'pc' }),
  registerFile('mips', 4, MIPS, ['pc', 'sp', 'fp', 'ra'], {}),
  registerFile('mips64', 8, MIPS, ['pc', 'sp', 'fp', 'ra'], {}),
];

/** Null for a CPU that we do not unwind. */
export function registerFileOf(cpu: Cpu): RegisterFile | null {
  return FILES.find((file) => file.cpu === cpu) ?? null;
}

function registerFile(
  cpu: Cpu,
  wordBytes: 4 | 8,
  names: readonly string[],
  [ip, sp, fp, lr]: readonly [string, string, string, string | null],
  aliases: Readonly<Record<string, string>>,
): RegisterFile {
  const numbers = new Map(names.map((name, number) => [name, number]));
  for (const [alias, name] of Object.entries(aliases)) numbers.set(alias, names.indexOf(name));
  return {
    cpu,
    wordBytes,
    names,
    instructionPointer: names.indexOf(ip),
    stackPointer: names.indexOf(sp),
    framePointer: names.indexOf(fp),
    linkRegister: lr === null ? null : names.indexOf(lr),
    numberOf: (name) => numbers.get(name),
  };
}
