import { crashAddressClass, crashCause, type Module, type ProcessSnapshot, type Thread } from '@crashkeep/snapshot';
import type { WalkedFrame, WalkedThread } from '@crashkeep/unwind';
import type { WalkedFrameWire, WalkedModuleWire, WalkedThreadWire, WalkResult } from '../walk-result.js';
import { isWalkProblem } from '../walk-problems.js';
import { describeMemory } from './describe-memory.js';
import { describeRegisters, isThumb } from './describe-registers.js';
import { leafName } from './leaf-name.js';

const U32_MAX = 0xffff_ffffn;
const MODULES_MAX = 4096;
const THREADS_MAX = 4096;
const FRAMES_MAX = 1024;
const REGIONS_MAX = 65_536;
const PROBLEMS_MAX = 64;
const TIME_MAX = 2 ** 40;

/** The bounded answer. `addresses` is true for a person's own file only. */
export function describeWalk(
  snapshot: ProcessSnapshot,
  walked: readonly WalkedThread[],
  addresses: boolean,
): Omit<WalkResult, 'readSet'> {
  const { crashedAt, startedAt, memory } = snapshot;
  const threads = snapshot.threads.slice(0, THREADS_MAX);
  const frames = new Map(walked.map((thread) => [thread.index, thread]));
  return {
    format: snapshot.format,
    os: snapshot.os,
    osVersion: clip(snapshot.osVersion, 256),
    cpu: snapshot.cpu,
    cpuInfo: clip(snapshot.cpuInfo, 128),
    cpuCount: snapshot.cpuCount,
    processId: addresses ? snapshot.processId : null,
    crashedAt: crashedAt !== null && crashedAt >= 0 && crashedAt <= TIME_MAX ? crashedAt : null,
    uptime: uptimeOf(crashedAt, startedAt),
    crashReason: clip(snapshot.crashReason, 128),
    crashAddress: describeCrashAddress(snapshot, addresses),
    cause: crashCause(snapshot),
    registers: describeRegisters(snapshot),
    thumb: isThumb(snapshot),
    memory: describeMemory(snapshot.memoryFigures),
    crashingThread: indexBelow(snapshot.crashingThread, threads.length),
    threads: threads.map((thread) => describeThread(thread, frames.get(thread.index), addresses)),
    modules: snapshot.modules.slice(0, MODULES_MAX).map((module) => describeModule(module, addresses)),
    mainModule: indexBelow(snapshot.mainModule, MODULES_MAX),
    unloadedModules: snapshot.unloadedModules.slice(0, MODULES_MAX).map((module) => describeModule(module, addresses)),
    regions: memory.regions
      .slice(0, REGIONS_MAX)
      .map(({ address, size, offset }) => ({ address: hex(address), size, offset })),
    threadRanges: threads.map(rangesOf),
    annotationCount: snapshot.annotations.size,
    unread: describeUnread(snapshot),
    problems: snapshot.problems.filter(isWalkProblem).slice(0, PROBLEMS_MAX),
  };
}

function describeThread(thread: Thread, walked: WalkedThread | undefined, addresses: boolean): WalkedThreadWire {
  const frames = walked?.frames ?? [];
  return {
    id: thread.id,
    name: clip(thread.name, 64),
    frames: frames.slice(0, FRAMES_MAX).map((frame) => describeFrame(frame, addresses)),
    truncated: walked === undefined || walked.truncated || frames.length > FRAMES_MAX,
    stackBytes: Math.min(thread.stack?.size ?? 0, Number(U32_MAX)),
  };
}

function describeFrame(frame: WalkedFrame, addresses: boolean): WalkedFrameWire {
  const unloaded = frame.unloaded.slice(0, 16).flatMap((module): [number, number][] => {
    const offset = offsetIn(module, frame.instruction);
    return offset === null || module.ordinal >= MODULES_MAX ? [] : [[module.ordinal, offset]];
  });
  const offset = frame.module === null ? null : offsetIn(frame.module, frame.instruction);
  return {
    m: frame.module === null || offset === null ? null : indexBelow(frame.module.ordinal, MODULES_MAX),
    o: offset,
    t: frame.trust,
    ...(unloaded.length === 0 ? {} : { u: unloaded }),
    ...(frame.isCall === false ? { d: true as const } : {}),
    a: addresses ? hex(frame.instruction) : null,
  };
}

function describeModule(module: Module, addresses: boolean): WalkedModuleWire {
  return {
    name: leafName(module.codeFile).slice(0, 256),
    debugFile: module.debugFile === null ? null : leafName(module.debugFile).slice(0, 256),
    debugId: clip(module.debugId, 128),
    codeId: clip(module.codeId, 128),
    version: clip(module.version, 128),
    size: module.size,
    base: addresses ? hex(module.base) : null,
    ...(addresses ? { path: module.codeFile.slice(0, 4096) } : {}),
  };
}

function describeCrashAddress(snapshot: ProcessSnapshot, addresses: boolean): WalkResult['crashAddress'] {
  const address = snapshot.crashAddress;
  const found = crashAddressClass(snapshot);
  // Of a signal that was sent: the place holds no address. Its owner may see what the writer put there.
  if (address === null || (found === null && !addresses)) return null;
  return {
    class: found?.class ?? 'other',
    offset: found?.class === 'null' ? found.offset : null,
    module: found?.class === 'module' ? indexBelow(found.module, MODULES_MAX) : null,
    value: addresses ? hex(address) : null,
  };
}

function describeUnread({ unread, assertion, messages }: ProcessSnapshot): WalkResult['unread'] {
  return { ...unread, assertionTexts: (assertion === null ? 0 : 1) + messages.length };
}

function rangesOf({ stack, contextRange: context }: Thread): WalkResult['threadRanges'][number] {
  return {
    stack:
      stack === null
        ? null
        : { address: hex(stack.address), offset: stack.offset, size: Math.min(stack.size, Number(U32_MAX)) },
    context: context === null ? null : { offset: context.offset, size: context.length },
  };
}

function offsetIn(module: Module, address: bigint): number | null {
  const offset = address - module.base;
  return offset >= 0n && offset <= U32_MAX ? Number(offset) : null;
}

function uptimeOf(crashedAt: number | null, startedAt: number | null): number | null {
  if (crashedAt === null || startedAt === null) return null;
  const seconds = crashedAt - startedAt;
  return seconds >= 0 && seconds <= Number(U32_MAX) ? seconds : null;
}

function indexBelow(index: number | null, end: number): number | null {
  return index !== null && index < end ? index : null;
}

function clip(text: string | null, length: number): string | null {
  return text === null ? null : text.slice(0, length);
}

function hex(value: bigint): `0x${string}` {
  return `0x${value.toString(16)}`;
}
