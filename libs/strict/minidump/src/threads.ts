import type {
  Cpu,
  ExceptionRecord,
  FileRange,
  MemoryRegion,
  SnapshotMemory,
  Thread,
  ThreadContext,
} from '@crashkeep/snapshot';
import { readContext } from './contexts/read-context.js';
import type { Location } from './directory.js';
import type { DumpFile } from './dump-file.js';
import type { BreakpadInfo } from './streams/breakpad-info.js';
import type { ExceptionStream } from './streams/exception.js';
import type { ThreadRecord } from './streams/thread-list.js';

/** Bytes below sp that a leaf may use: the red zone. */
const BELOW_SP = 128n;
const STACK_PREFETCH_BYTES = 64 * 1024;
/** A context of amd64 with all that XSAVE knows today is some 12 KiB. */
const MAX_CONTEXT_BYTES = 16 * 1024;
/** The general registers lie in the first 320 bytes of every architecture's context. */
const CONTEXT_PREFETCH_BYTES = 320;

interface ThreadStreams {
  readonly records: readonly ThreadRecord[];
  readonly names: ReadonlyMap<number, string>;
  readonly starts: ReadonlyMap<number, bigint>;
  readonly memory: SnapshotMemory;
  readonly exception: Crash | null;
  readonly breakpad: BreakpadInfo;
}

/** The exception with its registers, and where those lie. */
export interface Crash {
  readonly record: ExceptionRecord;
  readonly contextRange: FileRange | null;
}

interface Threads {
  readonly list: Thread[];
  readonly crashing: number | null;
  readonly dumping: number | null;
}

/** Where registers lie: each thread's, and the crash's own. */
export function contextRanges(records: readonly ThreadRecord[], exception: ExceptionStream | null): FileRange[] {
  const locations = records.map(({ context }) => context);
  if (exception !== null) locations.push(exception.context);
  return locations.map(({ rva }) => ({ offset: rva, length: CONTEXT_PREFETCH_BYTES }));
}

export function readCrash(file: DumpFile, cpu: Cpu, { record, context: location }: ExceptionStream): Crash {
  const context = readContext(file, cpu, location);
  return { record: { ...record, context }, contextRange: context === null ? null : rangeOf(file, location) };
}

/** Joins what several streams say of the threads, and asks for the stacks ahead of the walk. */
export function assembleThreads(file: DumpFile, cpu: Cpu, streams: ThreadStreams): Threads {
  const { records, exception, breakpad } = streams;
  const dumping = breakpad.dumpThreadId;
  const requested = exception?.record.threadId ?? breakpad.requestingThreadId;
  // Of several threads with one id the last is meant, as rust-minidump has it.
  const crashing = requested === dumping ? -1 : records.findLastIndex(({ id }) => id === requested);
  if (crashing < 0 && requested !== null) file.problem('minidump.crashing-thread-not-listed');
  const list = records.map((record, index) => describe(file, cpu, streams, record, index, index === crashing));
  streams.memory.prefetch(list.flatMap(topOfStack));
  return { list, crashing: orNull(crashing), dumping: orNull(records.findIndex(({ id }) => id === dumping)) };
}

function describe(
  file: DumpFile,
  cpu: Cpu,
  { names, starts, memory, exception }: ThreadStreams,
  record: ThreadRecord,
  index: number,
  isCrashing: boolean,
): Thread {
  const crash = isCrashing && exception !== null ? exception.record.context : null;
  const own = crash === null ? readContext(file, cpu, record.context) : null;
  const context = crash ?? own;
  if (context === null) file.problem('minidump.bad-thread-context');
  const ownRange = own === null ? null : rangeOf(file, record.context);
  return {
    index,
    id: record.id,
    name: names.get(record.id) ?? null,
    startAddress: starts.get(record.id) ?? null,
    context,
    stack: stackOf(record, context, memory),
    contextRange: crash === null ? ownRange : (exception?.contextRange ?? null),
  };
}

/**
 * The region that holds sp, whatever the thread's record says: the crash's context may lie in another one than the handler's (a signal
 * stack), and Windows writes records without a place. Where none holds sp (a stack overflow), what the record names.
 */
function stackOf(record: ThreadRecord, context: ThreadContext | null, memory: SnapshotMemory): MemoryRegion | null {
  const { stack, stackAddress } = record;
  if (context === null) return stack ?? memory.regionAt(stackAddress);
  const { stackPointer } = context;
  if (stack !== null && stackPointer >= stack.address && stackPointer < stack.address + BigInt(stack.size))
    return stack;
  return memory.regionAt(stackPointer) ?? stack ?? memory.regionAt(stackAddress);
}

/** A size that lies must not make all of the file a thread's registers. */
function rangeOf(file: DumpFile, { rva, size }: Location): FileRange {
  return { offset: rva, length: Math.min(size, MAX_CONTEXT_BYTES, file.size - rva) };
}

/** What a walk reads first: from just below sp on, or from the saved stack's start where sp lies outside it. */
function topOfStack({ context, stack }: Thread): { address: bigint; size: number }[] {
  if (context === null || stack === null) return [];
  const from = context.stackPointer - BELOW_SP;
  const inside = from > stack.address && from < stack.address + BigInt(stack.size);
  return [{ address: inside ? from : stack.address, size: STACK_PREFETCH_BYTES }];
}

function orNull(index: number): number | null {
  return index < 0 ? null : index;
}
