import { ByteWriter } from './byte-writer.js';

export type SynthCpu = 'amd64' | 'x86' | 'arm64' | 'arm';
/** By the names of each architecture's manual; those not given are zero. */
export type Registers = Readonly<Record<string, bigint>>;

/** A thread's CONTEXT as Microsoft and Breakpad lay it out, with every general register said to be valid. */
export function contextBytes(cpu: SynthCpu, registers: Registers, littleEndian: boolean): Uint8Array {
  const out = new ByteWriter(littleEndian);
  const unknown = new Set(Object.keys(registers));
  const value = (name: string): bigint => {
    unknown.delete(name);
    return registers[name] ?? 0n;
  };
  CONTEXTS[cpu](out, value);
  if (unknown.size > 0) throw new TypeError(`${cpu} has no register ${[...unknown].join(', ')}`);
  return out.finish();
}

type WriteContext = (out: ByteWriter, value: (name: string) => bigint) => void;

const CONTEXTS: Readonly<Record<SynthCpu, WriteContext>> = {
  amd64(out, value) {
    out.zeros(48).u32(0x0010_001f, 0x1f80);
    for (const segment of [0x33, 0, 0, 0, 0, 0x2b]) out.u16(segment);
    out.u32(0x10246).zeros(48);
    for (const name of 'rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15 rip'.split(' '))
      out.u64(value(name));
    out.zeros(1232 - out.length);
  },
  x86(out, value) {
    out
      .u32(0x0001_003f)
      .zeros(24 + 112)
      .u32(0, 0x3b, 0x23, 0x23);
    for (const name of 'edi esi ebx edx ecx eax ebp eip'.split(' ')) out.u32(Number(value(name)));
    out.u32(0x1b, 0x10246, Number(value('esp')), 0x23).zeros(512);
  },
  arm64(out, value) {
    out.u32(0x0040_0007, 0x6000_0000);
    for (let i = 0; i < 31; i++) out.u64(value(`x${String(i)}`));
    out.u64(value('sp'), value('pc')).zeros(912 - out.length);
  },
  arm(out, value) {
    out.u32(0x4000_0006);
    for (let i = 0; i < 13; i++) out.u32(Number(value(`r${String(i)}`)));
    out.u32(...['sp', 'lr', 'pc'].map((name) => Number(value(name)))).zeros(368 - out.length);
  },
};
