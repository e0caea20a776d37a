import { type ByteSource, type MemoryRegion, type ProcessSnapshot, SnapshotMemory } from '@crashkeep/snapshot';
import { DumpFile } from './dump-file.js';
import { MAX_MESSAGES } from './limits.js';
import { crashAddress, crashReason } from './reason/crash-reason.js';
import { readAssertionInfo } from './streams/assertion-info.js';
import { readBreakpadInfo } from './streams/breakpad-info.js';
import { readCrashpadInfo } from './streams/crashpad-info.js';
import { readException } from './streams/exception.js';
import { readLinuxDistribution, readLinuxProcessId } from './streams/linux-text.js';
import { readMacCrashInfo } from './streams/mac-crash-info.js';
import { readMemoryLists } from './streams/memory-lists.js';
import { readMemoryFigures } from './streams/memory-figures.js';
import { readMiscInfo } from './streams/misc-info.js';
import { describeModules, moduleDetailRanges, readModuleRecords } from './streams/module-list.js';
import { readRegionInfo } from './streams/region-info.js';
import { readSystemInfo, type SystemInfo } from './streams/system-info.js';
import { readThreadStarts } from './streams/thread-info-list.js';
import { readThreadList, type ThreadRecord } from './streams/thread-list.js';
import { readThreadNames } from './streams/thread-names.js';
import { readUnloadedModuleList } from './streams/unloaded-module-list.js';
import { assembleThreads, contextRanges, type Crash, readCrash } from './threads.js';

/**
 * Reads a minidump as far as it goes. What is missing or damaged is named in `problems`; memory stays in the file until it is asked for.
 *
 * Throws a MinidumpError where there is no minidump to walk at all. Where the source's budget is spent, the rest is left out.
 * Dependent rounds: header and directory; streams; what their records point to; stacks.
 */
export function readMinidump(source: ByteSource): ProcessSnapshot {
  const file = new DumpFile(source);
  file.prefetchStreams();
  const system = readSystemInfo(file);
  const threadRecords = readThreadList(file);
  const moduleRecords = readModuleRecords(file);
  const exception = readException(file);
  file.prefetch([...contextRanges(threadRecords, exception), ...moduleDetailRanges(moduleRecords)]);

  const memory = new SnapshotMemory(source, withStacks(readMemoryLists(file), threadRecords), file.littleEndian);
  const modules = describeModules(file, system.os, moduleRecords);
  const crash = exception === null ? null : readCrash(file, system.cpu, exception);
  const threads = assembleThreads(file, system.cpu, {
    records: threadRecords,
    names: readThreadNames(file),
    starts: readThreadStarts(file),
    memory,
    exception: crash,
    breakpad: readBreakpadInfo(file),
  });
  const crashpad = readCrashpadInfo(file);
  return {
    format: 'minidump',
    ...system,
    osDistribution: readLinuxDistribution(file),
    ...readProcess(file),
    ...readReason(crash, system),
    crashingThread: threads.crashing,
    dumpThread: threads.dumping,
    threads: threads.list,
    modules,
    // The first is the program itself, by every writer's habit.
    mainModule: modules.length > 0 ? 0 : null,
    unloadedModules: readUnloadedModuleList(file),
    memory,
    regionInfo: readRegionInfo(file),
    annotations: crashpad.annotations,
    assertion: readAssertionInfo(file),
    messages: [...crashpad.messages, ...readMacCrashInfo(file)].slice(0, MAX_MESSAGES),
    memoryFigures: readMemoryFigures(file),
    unread: file.directory.unread,
    pointerAuthenticationMask: null,
    problems: file.problems,
  };
}

function readProcess(file: DumpFile): Pick<ProcessSnapshot, 'processId' | 'crashedAt' | 'startedAt'> {
  const misc = readMiscInfo(file);
  return {
    processId: misc === null ? readLinuxProcessId(file) : misc.processId,
    crashedAt: file.directory.timestamp,
    startedAt: misc?.startedAt ?? null,
  };
}

function readReason(
  crash: Crash | null,
  { os, cpu }: SystemInfo,
): Pick<ProcessSnapshot, 'exception' | 'crashReason' | 'crashAddress'> {
  if (crash === null) return { exception: null, crashReason: null, crashAddress: null };
  const { record } = crash;
  return { exception: record, crashReason: crashReason(record, os, cpu), crashAddress: crashAddress(record, os, cpu) };
}

/** Some writers list a thread's stack with the thread only. */
function withStacks(regions: MemoryRegion[], threads: readonly ThreadRecord[]): MemoryRegion[] {
  const unlisted = new Map<number, MemoryRegion>();
  for (const { stack } of threads) if (stack !== null) unlisted.set(stack.offset, stack);
  for (const { offset } of regions) unlisted.delete(offset);
  return unlisted.size === 0 ? regions : [...regions, ...unlisted.values()];
}
