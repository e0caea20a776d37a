import { type Cpu, type RegisterLayout, registerRow as row } from '@crashkeep/snapshot';
import { readAuxiliaryVector } from './auxiliary-vector.js';
import type { Machine, Note } from './note.js';
import { noteThread } from './note-thread.js';
import type { NotedProcess, NotedSignal, NotedThread } from './noted-process.js';

const PROCINFO = 1;
const AUXV = 2;
/** PT_GETREGS of amd64 and i386. */
const REGISTERS = 33;

/** `struct reg` of machine/reg.h. */
const LAYOUTS: Readonly<Partial<Record<Cpu, RegisterLayout>>> = {
  amd64: {
    wordBytes: 8,
    registers: row(0, 8, 'rdi rsi rdx rcx r8 r9 r10 r11 r12 r13 r14 r15 rbp rbx rax - - - - - - rip - rflags rsp'),
    instructionPointer: 'rip',
    stackPointer: 'rsp',
  },
  x86: {
    wordBytes: 4,
    registers: row(0, 4, 'eax ecx edx ebx esp ebp esi edi eip eflags'),
    instructionPointer: 'eip',
    stackPointer: 'esp',
  },
};

/** Notes of NetBSD: of the process by `NetBSD-CORE`, of each thread by `NetBSD-CORE@ID`. */
export class NetBsdNotes implements NotedProcess {
  processId: number | null = null;
  readonly hasCommandLine = false;
  readonly threads: NotedThread[] = [];
  crashedThreadId: number | null = null;
  signal: NotedSignal | null = null;
  auxiliary: ReadonlyMap<number, bigint> = new Map();
  readonly files = [];
  readonly pointerAuthenticationMask = null;
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  add(note: Note): void {
    const { cpu, is64, littleEndian } = this.#machine;
    const id = /@(\d{1,9})$/.exec(note.owner)?.[1];
    if (id !== undefined && note.type === REGISTERS) {
      this.threads.push(noteThread(note, Number(id), 0, LAYOUTS[cpu] ?? null, littleEndian));
    } else if (id === undefined && note.type === PROCINFO) this.#process(note);
    else if (id === undefined && note.type === AUXV) this.auxiliary = readAuxiliaryVector(note.description, is64);
  }

  /** netbsd_elfcore_procinfo. */
  #process({ description }: Note): void {
    description.seek(8);
    const number = description.u32();
    if (number !== 0) this.signal = { number, code: description.u32(), address: null };
    description.seek(80);
    this.processId = description.u32();
    description.seek(156);
    this.crashedThreadId = description.u32();
  }
}
