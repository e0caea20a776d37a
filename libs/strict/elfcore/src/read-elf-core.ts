import {
  type ByteSource,
  type ExceptionRecord,
  linuxReason,
  hexCode,
  type MemoryRegion,
  type Os,
  type ProcessSnapshot,
  SnapshotMemory,
  type Thread,
} from '@crashkeep/snapshot';
import { readElfHeader } from './elf-header.js';
import { readModules } from './modules.js';
import type { NotedProcess, NotedThread } from './notes/noted-process.js';
import { readProcessNotes } from './notes/process-notes.js';
import { Problems } from './problems.js';
import { readSegments } from './segments.js';

/** gdb's gcore stops the process with it: the process did not crash. */
const SIGSTOP = 19;
/** A stack that overflowed: sp lies this far below what is mapped, at most. */
const OVERFLOW_BYTES = 1024n * 1024n;
const BELOW_SP = 128n;
const STACK_PREFETCH_BYTES = 64 * 1024;

/**
 * Reads an ELF core as far as it goes. What is missing or damaged is named in `problems`; memory stays in the file until it is asked for.
 *
 * Throws an ElfCoreError where there is no core to walk at all, and what `source` throws (`snapshot.budget-exhausted`).
 * Dependent rounds: header; program headers; notes; first pages of the mapped files; stacks.
 */
export function readElfCore(source: ByteSource): ProcessSnapshot {
  const problems = new Problems();
  const header = readElfHeader(source);
  const segments = readSegments(source, header, problems);
  const memory = new SnapshotMemory(source, segments.memory, header.littleEndian);
  const { os, process } = readProcessNotes(source, segments.notes, header, problems);
  const modules = readModules({ ...header, ...segments, ...process, memory }, problems);
  const crashing = crashedIndex(process);
  const threads = process.threads.map((thread, index) => describe(thread, index, memory));
  memory.prefetch(threads.flatMap(topOfStack));
  if (header.cpu === 'unknown') problems.add('elfcore.unknown-machine');
  if (threads.length === 0) problems.add('elfcore.no-threads');
  if (memory.regions.length === 0) problems.add('elfcore.no-memory');
  return {
    format: 'elf-core',
    os,
    osVersion: null,
    osDistribution: null,
    cpu: header.cpu,
    cpuInfo: null,
    cpuCount: null,
    processId: process.processId,
    crashedAt: null,
    startedAt: null,
    ...readReason(os, process, crashing, problems),
    crashingThread: threads.length > 0 ? crashing : null,
    dumpThread: null,
    threads,
    modules,
    mainModule: modules.length > 0 ? 0 : null,
    unloadedModules: [],
    memory,
    regionInfo: segments.regionInfo,
    annotations: new Map(),
    assertion: null,
    messages: [],
    memoryFigures: null,
    unread: {
      commandLine: process.hasCommandLine,
      environment: holdsEnvironment(process, memory),
      userStreams: 0,
    },
    pointerAuthenticationMask: process.pointerAuthenticationMask,
    problems: problems.list(),
  };
}

const AT_EXECFN = 31;

/** The program's own path is the last thing behind its environment, at the stack's very beginning. */
function holdsEnvironment({ auxiliary }: NotedProcess, memory: SnapshotMemory): boolean {
  const path = auxiliary.get(AT_EXECFN);
  return path !== undefined && memory.regionAt(path) !== null;
}

/** Systems write the thread that crashed first, or name it. */
function crashedIndex({ threads, crashedThreadId }: NotedProcess): number {
  return Math.max(
    0,
    threads.findIndex(({ id }) => id === crashedThreadId),
  );
}

function readReason(
  os: Os,
  { signal, threads }: NotedProcess,
  crashing: number,
  problems: Problems,
): Pick<ProcessSnapshot, 'exception' | 'crashReason' | 'crashAddress'> {
  if (signal === null || signal.number === SIGSTOP) {
    problems.add('elfcore.no-signal');
    return { exception: null, crashReason: null, crashAddress: null };
  }
  const { number: code, code: flags, address } = signal;
  const thread = threads[crashing];
  const exception: ExceptionRecord = {
    threadId: thread?.id ?? 0,
    code,
    flags,
    address: address ?? 0n,
    parameters: [],
    context: thread?.context ?? null,
  };
  const reason = os === 'linux' ? linuxReason(code, flags) : null;
  const crashReason = reason ?? `unknown ${hexCode(code)} / ${hexCode(flags)}`;
  return { exception, crashReason, crashAddress: address };
}

function describe({ id, name, context, contextRange }: NotedThread, index: number, memory: SnapshotMemory): Thread {
  const stack = context === null ? null : stackAt(memory, context.stackPointer);
  return { index, id, name, startAddress: null, context, stack, contextRange };
}

function stackAt(memory: SnapshotMemory, sp: bigint): MemoryRegion | null {
  const above = (): MemoryRegion | undefined =>
    memory.regions.find(({ address }) => address > sp && address - sp <= OVERFLOW_BYTES);
  return memory.regionAt(sp) ?? above() ?? null;
}

/** What a walk reads first. */
function topOfStack({ context, stack }: Thread): { address: bigint; size: number }[] {
  if (context === null || stack === null) return [];
  const from = context.stackPointer - BELOW_SP;
  return [{ address: from > stack.address ? from : stack.address, size: STACK_PREFETCH_BYTES }];
}
