import { expect, test } from 'vitest';
import {
  addressClass,
  BufferSource,
  crashAddressClass,
  type ProcessSnapshot,
  SnapshotMemory,
  type ThreadContext,
} from './index.js';

const context = (rsp: bigint, rax: bigint): ThreadContext => ({
  instructionPointer: 0x40_0100n,
  stackPointer: rsp,
  registers: new Map([['rax', rax]]),
});

const snapshot = (changes: Partial<ProcessSnapshot> = {}): ProcessSnapshot => ({
  format: 'minidump',
  os: 'linux',
  osVersion: null,
  osDistribution: null,
  cpu: 'amd64',
  cpuInfo: null,
  cpuCount: null,
  processId: null,
  crashedAt: null,
  startedAt: null,
  exception: null,
  crashReason: null,
  crashAddress: null,
  crashingThread: 0,
  dumpThread: null,
  threads: [
    {
      index: 0,
      id: 1,
      name: null,
      startAddress: null,
      context: context(0x7fff_0000_1000n, 0n),
      stack: { address: 0x7fff_0000_0f80n, size: 0x2000, offset: 0 },
      contextRange: null,
    },
  ],
  modules: [
    {
      ordinal: 0,
      base: 0x40_0000n,
      size: 0x1000,
      codeFile: 'app',
      codeId: null,
      debugFile: null,
      debugId: null,
      version: null,
    },
  ],
  mainModule: 0,
  unloadedModules: [],
  memory: new SnapshotMemory(new BufferSource(new Uint8Array(64)), [{ address: 0x5555_0000n, size: 64, offset: 0 }]),
  regionInfo: [
    { address: 0x60_0000n, size: 0x1000n, readable: true, writable: true, executable: false },
    { address: 0x70_0000n, size: 0x1000n, readable: true, writable: false, executable: false },
  ],
  annotations: new Map(),
  assertion: null,
  messages: [],
  memoryFigures: null,
  unread: { commandLine: false, environment: false, userStreams: 0 },
  pointerAuthenticationMask: null,
  problems: [],
  ...changes,
});

test.each<[string, bigint, object]>([
  ['the first page', 0x18n, { class: 'null', offset: 0x18 }],
  ['its last byte', 0xfffn, { class: 'null', offset: 0xfff }],
  ['the second page', 0x1000n, { class: 'other' }],
  ['no address of user or kernel', 0xdead_0000_0000_beefn, { class: 'non-canonical' }],
  ['a module', 0x40_0fffn, { class: 'module', module: 0 }],
  ['a saved stack', 0x7fff_0000_1000n, { class: 'stack' }],
  ['just below a stack, where it overflowed', 0x7fff_0000_0f70n, { class: 'stack' }],
  ['writable data', 0x60_0010n, { class: 'heap-like' }],
  ['saved memory that no region is named for', 0x5555_0020n, { class: 'heap-like' }],
  ['read-only data', 0x70_0010n, { class: 'other' }],
])('%s', (_, address, expected) => {
  expect(addressClass(snapshot(), address)).toEqual(expected);
});

test('a dump that names no address has no class', () => {
  expect(crashAddressClass(snapshot())).toBeNull();
});

test.each([
  ['linux', 'SIGSEGV / SI_KERNEL', 0n],
  ['mac', 'EXC_BAD_ACCESS / EXC_I386_GPFLT', 0n],
  ['windows', 'EXCEPTION_ACCESS_VIOLATION_READ', 0xffff_ffff_ffff_ffffn],
] as const)(
  'what %s writes for an address that it was not told is no null pointer',
  (os, crashReason, crashAddress) => {
    const faked = snapshot({ os, crashReason, crashAddress });
    expect(crashAddressClass(faked)).toEqual({ class: 'other' });
    const [thread] = faked.threads;
    if (thread === undefined) throw new Error('no thread');
    const threads = [{ ...thread, context: context(0x7fff_0000_1000n, 0xdead_0000_0000_beefn) }];
    expect(crashAddressClass({ ...faked, threads })).toEqual({ class: 'non-canonical' });
  },
);

test('a null pointer is one where the system knew the address', () => {
  expect(crashAddressClass(snapshot({ crashReason: 'SIGSEGV / SEGV_MAPERR', crashAddress: 0n }))).toEqual({
    class: 'null',
    offset: 0,
  });
});

test.each(['SIGABRT / SI_TKILL', 'SIGABRT', 'SIGSEGV / SI_TKILL', 'DUMP_REQUESTED'])(
  '%s is about no address',
  (crashReason) => {
    expect(crashAddressClass(snapshot({ crashReason, crashAddress: 0n }))).toBeNull();
  },
);
