import type { Problems } from '../problems.js';
import { readAuxiliaryVector } from './auxiliary-vector.js';
import { linuxRegisters } from './linux-registers.js';
import { type MappedFile, readMappedFiles } from './mapped-files.js';
import type { Machine, Note } from './note.js';
import { noteThread } from './note-thread.js';
import type { NotedProcess, NotedSignal, NotedThread } from './noted-process.js';

const PRSTATUS = 1;
const PRPSINFO = 3;
const AUXV = 6;
const PAC_MASK = 0x406;
const FILE = 0x4649_4c45; // "FILE"
const SIGINFO = 0x5349_4749; // "SIGI"

/** Notes of Linux: `CORE` and `LINUX`. Floating point, vector and authentication key registers are passed over. */
export class LinuxNotes implements NotedProcess {
  processId: number | null = null;
  hasCommandLine = false;
  readonly threads: NotedThread[] = [];
  /** The kernel writes it first. */
  readonly crashedThreadId = null;
  signal: NotedSignal | null = null;
  auxiliary: ReadonlyMap<number, bigint> = new Map();
  files: readonly MappedFile[] = [];
  pointerAuthenticationMask: bigint | null = null;
  readonly #machine: Machine;
  readonly #problems: Problems;

  constructor(machine: Machine, problems: Problems) {
    this.#machine = machine;
    this.#problems = problems;
  }

  add(note: Note): void {
    const { description } = note;
    switch (note.type) {
      case PRSTATUS:
        this.#thread(note);
        return;
      case PRPSINFO:
        this.#process(note);
        return;
      case SIGINFO:
        this.#siginfo(note);
        return;
      case AUXV:
        this.auxiliary = readAuxiliaryVector(description, this.#machine.is64);
        return;
      case FILE:
        this.files = readMappedFiles(description, this.#machine.is64, this.#problems);
        return;
      case PAC_MASK:
        description.skip(8); // The mask of data pointers.
        this.pointerAuthenticationMask ??= description.u64();
        return;
      default:
    }
  }

  /** elf_prstatus: the signal, ids, times, then the registers. */
  #thread(note: Note): void {
    const { cpu, is64, littleEndian } = this.#machine;
    const { description } = note;
    description.skip(12);
    const signal = description.u16();
    description.seek(is64 ? 32 : 24);
    const id = description.u32();
    // A number at least; NT_SIGINFO says more where it follows.
    if (this.threads.length === 0 && signal !== 0) this.signal ??= { number: signal, code: 0, address: null };
    this.threads.push(noteThread(note, id, is64 ? 112 : 72, linuxRegisters(cpu), littleEndian));
  }

  /** elf_prpsinfo: only the process id. 32-bit kernels wrote user ids of 16 bits, and then of 32. */
  #process({ description }: Note): void {
    description.seek(this.#machine.is64 ? 24 : description.left < 128 ? 12 : 16);
    this.processId ??= description.u32();
    this.hasCommandLine = true;
  }

  /** siginfo_t: number, errno, code; for faults the address behind them. The first thread's is the crash's. */
  #siginfo({ description }: Note): void {
    if (this.threads.length > 1) return;
    const { is64 } = this.#machine;
    const number = description.u32();
    description.skip(4);
    const code = description.u32();
    if (is64) description.skip(4);
    const address = is64 ? description.u64() : BigInt(description.u32());
    this.signal = { number, code, address: isFault(number, code) ? address : null };
  }
}

/** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV that the kernel raised; of those that were sent, the place holds the sender's id. */
function isFault(signal: number, code: number): boolean {
  return [4, 5, 7, 8, 11].includes(signal) && (code | 0) > 0;
}
