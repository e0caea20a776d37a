import { Buffer } from 'node:buffer';
import type { CallTable } from './allowed-calls.js';

/** Classic BPF, as seccomp(2) takes it: u16 code, u8 jump if true, u8 jump if false, u32 operand. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

const LOAD_WORD = 0x20;
const JUMP_EQUAL = 0x15;
const RETURN = 0x06;

/** struct seccomp_data: nr, arch, instruction_pointer, args[6]. */
const OFFSET_NR = 0;
const OFFSET_ARCH = 4;
const OFFSET_FIRST_ARGUMENT = 16;

const KILL_PROCESS = 0x8000_0000;
const ALLOW = 0x7fff_0000;
const REFUSE_EPERM = 0x0005_0001;

/** What is not on the table is refused with EPERM; signals go to `pid` only. */
export function seccompFilter(table: CallTable, pid: number): Buffer {
  const program: Instruction[] = [
    [LOAD_WORD, 0, 0, OFFSET_ARCH],
    [JUMP_EQUAL, 1, 0, table.auditArch],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD_WORD, 0, 0, OFFSET_NR],
    ...Object.values(table.allowed).flatMap((nr): Instruction[] => [
      [JUMP_EQUAL, 0, 1, nr],
      [RETURN, 0, 0, ALLOW],
    ]),
    ...table.signals.flatMap((nr): Instruction[] => [
      [JUMP_EQUAL, 0, 4, nr],
      [LOAD_WORD, 0, 0, OFFSET_FIRST_ARGUMENT],
      [JUMP_EQUAL, 0, 1, pid],
      [RETURN, 0, 0, ALLOW],
      [RETURN, 0, 0, REFUSE_EPERM],
    ]),
    [RETURN, 0, 0, REFUSE_EPERM],
  ];
  return assemble(program);
}

function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, operand], i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(ifTrue, i * 8 + 2);
    bytes.writeUInt8(ifFalse, i * 8 + 3);
    bytes.writeUInt32LE(operand, i * 8 + 4);
  });
  return bytes;
}
