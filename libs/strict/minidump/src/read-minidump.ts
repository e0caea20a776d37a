import { type ByteSource, type MemoryRegion, type ProcessSnapshot, SnapshotMemory } from '@crashkeep/snapshot';
import { DumpFile } from './dump-file.js';
import { readException } from './streams/exception.js';
import { readBreakpadInfo } from './streams/breakpad-info.js';
import { readLinuxMaps, readLinuxProcessId } from './streams/linux-text.js';
import { readMemoryInfoList } from './streams/memory-info-list.js';
import { readMemoryLists } from './streams/memory-lists.js';
import { readMiscInfo } from './streams/misc-info.js';
import { readModuleList } from './streams/module-list.js';
import { readSystemInfo } from './streams/system-info.js';
import { type ThreadRecord, readThreadList } from './streams/thread-list.js';
import { readThreadNames } from './streams/thread-names.js';
import { readUnloadedModuleList } from './streams/unloaded-module-list.js';
import { assembleThreads } from './threads.js';

/**
 * Reads a minidump as far as it goes. What is missing or damaged is named in `problems`; memory stays in the file until it is asked for.
 *
 * Throws a MinidumpError where there is no minidump to walk at all, and what `source` throws (`snapshot.budget-exhausted`).
 * Dependent rounds: header with directory; streams; module records, names and contexts; stacks.
 */
export function readMinidump(source: ByteSource): ProcessSnapshot {
  const file = new DumpFile(source);
  file.prefetchStreams();
  const system = readSystemInfo(file);
  const regions = readMemoryLists(file);
  const records = readThreadList(file);
  const exception = readException(file, system.cpu);
  const modules = readModuleList(file, system.os);
  const misc = readMiscInfo(file);
  const memory = new SnapshotMemory(source, withStacks(regions, records), file.littleEndian);
  const threads = assembleThreads(file, system.cpu, {
    records,
    names: readThreadNames(file),
    memory,
    exception,
    breakpad: readBreakpadInfo(file),
  });
  return {
    format: 'minidump',
    ...system,
    processId: misc === null ? readLinuxProcessId(file) : misc.processId,
    crashedAt: file.directory.timestamp,
    startedAt: misc?.startedAt ?? null,
    exception: exception?.record ?? null,
    crashReason: null,
    crashAddress: null,
    crashingThread: threads.crashing,
    dumpThread: threads.dumping,
    threads: threads.list,
    modules,
    // The first is the program itself, by every writer's habit.
    mainModule: modules.length > 0 ? 0 : null,
    unloadedModules: readUnloadedModuleList(file, system.os),
    memory,
    regionInfo: readMemoryInfoList(file) ?? readLinuxMaps(file) ?? [],
    annotations: new Map(),
    assertion: null,
    messages: [],
    pointerAuthenticationMask: null,
    problems: file.problems,
  };
}

/** Some writers list a thread's stack with the thread only. */
function withStacks(regions: readonly MemoryRegion[], threads: readonly ThreadRecord[]): MemoryRegion[] {
  const listed = new Set(regions.map(({ offset }) => offset));
  const unlisted = threads.flatMap(({ stack }) => (stack === null || listed.has(stack.offset) ? [] : [stack]));
  return [...regions, ...unlisted];
}
