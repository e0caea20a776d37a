import { basename } from 'node:path';
import type { NamedFrame, NamedThread, NamedWalk, WalkedModuleWire } from '@crashkeep/walk';

/** Bytes that lie between a caller's `offset` and its return address. */
const CALL_ADJUSTMENT: Readonly<Partial<Record<NamedWalk['cpu'], number>>> = {
  ...{ amd64: 1, x86: 1, arm64: 4, arm: 2, mips: 8, mips64: 8 },
};

const OS_NAMES: Readonly<Record<NamedWalk['os'], string>> = {
  windows: 'Windows NT',
  linux: 'Linux',
  android: 'Android',
  mac: 'Mac OS X',
  ios: 'iOS',
  solaris: 'Solaris',
  fuchsia: 'Fuchsia',
  unknown: 'unknown',
};

/** Pointers of four bytes; others have eight. */
const NARROW: ReadonlySet<NamedWalk['cpu']> = new Set(['x86', 'arm', 'mips', 'ppc', 'sparc', 'riscv']);

export function idOf(path: string): string {
  return basename(path).replace(/\.(dmp|core|mdmp)$/, '');
}

/** The walk in the uniform shape: keys in snake case, addresses in hex and padded to the width of a pointer. */
export function uniformWalk(walk: NamedWalk, path: string): Record<string, unknown> {
  const hex = hexFor(walk.cpu);
  return {
    id: idOf(path),
    dump: path,
    format: walk.format,
    os: OS_NAMES[walk.os],
    os_version: walk.osVersion,
    cpu: walk.cpu,
    cpu_info: walk.cpuInfo,
    cpu_count: walk.cpuCount,
    pid: walk.processId,
    crash_reason: walk.crashReason,
    crash_address: hex(walk.crashAddress?.value ?? null),
    crashing_thread: walk.crashingThread,
    probable_cause: walk.cause,
    instruction: uniformInstruction(walk),
    memory: walk.memory,
    main_module: walk.mainModule,
    process_uptime: walk.uptime,
    threads: walk.threads.map((thread, index) => uniformThread(walk, thread, index)),
    modules: walk.modules.map((module, i) => uniformModule(walk, module, walk.symbolsLoaded[i] ?? false)),
    ...(walk.unloadedModules.length === 0
      ? {}
      : { unloaded_modules: walk.unloadedModules.map((module) => uniformUnloaded(walk, module)) }),
    problems: walk.problems,
  };
}

/** Of the program's own file, with classes of the registers that it names. */
function uniformInstruction({ instruction, registers }: NamedWalk): Record<string, unknown> | null {
  if (instruction === null) return null;
  const held = new Map<string, string>(registers);
  return {
    text: instruction.text,
    registers: instruction.registers.map((name) => ({ name, class: held.get(name) ?? null })),
  };
}

function uniformThread(walk: NamedWalk, thread: NamedThread, index: number): Record<string, unknown> {
  return {
    index,
    id: thread.id,
    name: thread.name,
    frames: thread.frames.map((frame, i) => uniformFrame(walk, frame, i)),
    ...(thread.truncated ? { truncated: true } : {}),
  };
}

function uniformFrame(walk: NamedWalk, frame: NamedFrame, index: number): Record<string, unknown> {
  const { names } = frame;
  return {
    index,
    ...placeOf(walk, frame, index),
    trust: frame.t,
    ...(names?.function == null ? {} : { function: names.function }),
    ...(names?.mangled == null ? {} : { mangled: names.mangled }),
    ...(names?.functionOffset == null ? {} : { function_offset: hexFor(walk.cpu)(names.functionOffset) }),
    ...(names?.file == null ? {} : { file: names.file }),
    ...(names?.line == null ? {} : { line: names.line }),
    ...(names === null || names.inlines.length === 0 ? {} : { inlines: names.inlines.map(uniformInline) }),
    ...(frame.u === undefined ? {} : { unloaded_modules: unloadedPlaces(walk, frame.u) }),
  };
}

/** Of a minidump, `offset` and the offset in the module; of a core, gdb's way: `pc`, which is a caller's return address. */
function placeOf(walk: NamedWalk, frame: NamedFrame, index: number): Record<string, unknown> {
  const hex = hexFor(walk.cpu);
  const module = frame.m === null ? null : (walk.modules[frame.m]?.name ?? null);
  if (walk.format === 'minidump') return { offset: hex(frame.a), module, module_offset: hex(frame.o) };
  const adjustment = index === 0 ? 0 : (CALL_ADJUSTMENT[walk.cpu] ?? 0);
  // Of a Thumb address gdb tells where the code lies, without the bit that says that it is Thumb.
  const alignment = walk.cpu === 'arm' ? 2n : 1n;
  const placed = (value: bigint): bigint => value + BigInt(adjustment) - ((value + BigInt(adjustment)) % alignment);
  const offset = frame.o === null ? null : `0x${placed(BigInt(frame.o)).toString(16)}`;
  return { pc: hex(frame.a === null ? null : placed(BigInt(frame.a))), module, module_offset: offset };
}

type InlineNames = NonNullable<NamedFrame['names']>['inlines'][number];

function uniformInline({ function: name, mangled, file, line }: InlineNames): Record<string, unknown> {
  return { file, function: name, ...(mangled === null ? {} : { mangled }), line };
}

function unloadedPlaces(walk: NamedWalk, places: NonNullable<NamedFrame['u']>): Record<string, unknown>[] {
  const offsets = new Map<string, number[]>();
  for (const [ordinal, offset] of places) {
    const name = walk.unloadedModules[ordinal]?.name ?? '';
    offsets.set(name, [...(offsets.get(name) ?? []), offset]);
  }
  return [...offsets].map(([module, found]) => ({
    module,
    offsets: [...new Set(found)].sort((a, b) => a - b).map((offset) => hexFor(walk.cpu)(offset)),
  }));
}

function uniformModule(walk: NamedWalk, module: WalkedModuleWire, symbolsLoaded: boolean): Record<string, unknown> {
  return {
    // gdb and eu-unstrip tell a core's modules by path.
    name: walk.format === 'elf-core' ? (module.path ?? module.name) : module.name,
    base: hexFor(walk.cpu)(module.base),
    size: `0x${module.size.toString(16)}`,
    debug_file: module.debugFile,
    debug_id: module.debugId,
    code_id: module.codeId,
    ...(walk.format === 'elf-core' ? { build_id: module.codeId } : {}),
    version: module.version,
    symbols_loaded: symbolsLoaded,
  };
}

function uniformUnloaded(walk: NamedWalk, { name, base, size, codeId }: WalkedModuleWire): Record<string, unknown> {
  return { name, base: hexFor(walk.cpu)(base), size: `0x${size.toString(16)}`, code_id: codeId };
}

function hexFor(cpu: NamedWalk['cpu']): (value: string | number | bigint | null) => string | null {
  const digits = NARROW.has(cpu) ? 8 : 16;
  return (value) => (value === null ? null : `0x${BigInt(value).toString(16).padStart(digits, '0')}`);
}
