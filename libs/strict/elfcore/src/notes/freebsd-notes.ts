import { type Cpu, type RegisterLayout, registerRow as row } from '@crashkeep/snapshot';
import { readAuxiliaryVector } from './auxiliary-vector.js';
import type { Machine, Note } from './note.js';
import { noteThread } from './note-thread.js';
import type { NotedProcess, NotedSignal, NotedThread } from './noted-process.js';

const PRSTATUS = 1;
const THRMISC = 7;
const PROCSTAT_AUXV = 16;
const NAME_BYTES = 20;

/** `struct reg` of machine/reg.h. */
const LAYOUTS: Readonly<Partial<Record<Cpu, RegisterLayout>>> = {
  amd64: {
    wordBytes: 8,
    registers: row(0, 8, 'r15 r14 r13 r12 r11 r10 r9 r8 rdi rsi rbp rbx rdx rcx rax - - rip - rflags rsp'),
    instructionPointer: 'rip',
    stackPointer: 'rsp',
  },
  x86: {
    wordBytes: 4,
    registers: row(0, 4, '- - - edi esi ebp - ebx edx ecx eax - - eip - eflags esp'),
    instructionPointer: 'eip',
    stackPointer: 'esp',
  },
};

/** Notes of FreeBSD. Its map of files (NT_PROCSTAT_VMMAP) is passed over: modules are found by their saved headers. */
export class FreeBsdNotes implements NotedProcess {
  readonly processId = null;
  readonly hasCommandLine = false;
  readonly threads: NotedThread[] = [];
  readonly crashedThreadId = null;
  signal: NotedSignal | null = null;
  auxiliary: ReadonlyMap<number, bigint> = new Map();
  readonly files = [];
  readonly pointerAuthenticationMask = null;
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  add(note: Note): void {
    const { is64 } = this.#machine;
    if (note.type === PRSTATUS) this.#thread(note);
    if (note.type === THRMISC) this.#nameLast(note);
    if (note.type !== PROCSTAT_AUXV) return;
    note.description.skip(4); // The size of an entry.
    this.auxiliary = readAuxiliaryVector(note.description, is64);
  }

  /** prstatus_t: version, three sizes, the kernel's date, the signal, the thread's id, then the registers. */
  #thread(note: Note): void {
    const { cpu, is64, littleEndian } = this.#machine;
    note.description.seek(is64 ? 36 : 20);
    const signal = note.description.u32();
    const id = note.description.u32();
    if (this.threads.length === 0 && signal !== 0) this.signal = { number: signal, code: 0, address: null };
    this.threads.push(noteThread(note, id, is64 ? 48 : 28, LAYOUTS[cpu] ?? null, littleEndian));
  }

  /** The name of the thread that was noted last. */
  #nameLast({ description }: Note): void {
    const last = this.threads.pop();
    if (last === undefined) return;
    const bytes = description.take(Math.min(NAME_BYTES, description.left));
    const name = Buffer.from(bytes).toString('utf8').replace(/\0.*$/s, '');
    this.threads.push({ ...last, name: name === '' ? null : name });
  }
}
