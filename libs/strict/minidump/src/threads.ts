import type { Cpu, MemoryRegion, SnapshotMemory, Thread, ThreadContext } from '@crashkeep/snapshot';
import { readContext } from './contexts/read-context.js';
import type { DumpFile } from './dump-file.js';
import type { BreakpadInfo } from './streams/breakpad-info.js';
import type { ExceptionStream } from './streams/exception.js';
import type { ThreadRecord } from './streams/thread-list.js';

/** Bytes below sp that a leaf may use: the red zone. */
const BELOW_SP = 128n;
const STACK_PREFETCH_BYTES = 64 * 1024;
/** The general registers lie in the first 320 bytes of every architecture's context. */
const CONTEXT_PREFETCH_BYTES = 320;

interface ThreadStreams {
  readonly records: readonly ThreadRecord[];
  readonly names: ReadonlyMap<number, string>;
  readonly memory: SnapshotMemory;
  readonly exception: ExceptionStream | null;
  readonly breakpad: BreakpadInfo;
}

interface Threads {
  readonly list: Thread[];
  readonly crashing: number | null;
  readonly dumping: number | null;
}

/** Joins what several streams say of the threads, and asks for the stacks ahead of the walk. */
export function assembleThreads(file: DumpFile, cpu: Cpu, streams: ThreadStreams): Threads {
  const { records, exception, breakpad } = streams;
  file.prefetch(records.map(({ context }) => ({ offset: context.rva, length: CONTEXT_PREFETCH_BYTES })));
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
  { names, memory, exception }: ThreadStreams,
  record: ThreadRecord,
  index: number,
  isCrashing: boolean,
): Thread {
  const crash = isCrashing && exception !== null ? exception.record.context : null;
  const own = crash === null ? readContext(file, cpu, record.context) : null;
  const context = crash ?? own;
  if (context === null) file.problem('minidump.bad-thread-context');
  const ownRange = own === null ? null : { offset: record.context.rva, length: record.context.size };
  return {
    index,
    id: record.id,
    name: names.get(record.id) ?? null,
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
