import { describe, expect, test } from 'vitest';
import { BufferSource, crashCause, type ProcessSnapshot, registerClass, SnapshotMemory } from './index.js';

type Region = ProcessSnapshot['regionInfo'][number];
const region = (address: bigint, size: bigint, may: string): Region => ({
  ...{ address, size },
  ...{ readable: may.includes('r'), writable: may.includes('w'), executable: may.includes('x') },
});

/** app's code, its data, a heap with a guard page behind it, and a stack with one below. */
const REGIONS = [
  region(0x40_0000n, 0x1000n, 'rx'),
  region(0x40_1000n, 0x1000n, 'r'),
  region(0x60_0000n, 0x1000n, 'rw'),
  region(0x60_1000n, 0x1000n, ''),
  region(0x7ffe_f000n, 0x1000n, ''),
  region(0x7fff_0000n, 0x4000n, 'rw'),
];

interface Crash {
  readonly reason: string;
  readonly address: bigint;
  readonly ip?: bigint;
  readonly sp?: bigint;
  readonly registers?: readonly (readonly [string, bigint])[];
}

function snapshot({ reason, address, ip = 0x40_0100n, sp = 0x7fff_1000n, registers = [] }: Crash): ProcessSnapshot {
  const context = { instructionPointer: ip, stackPointer: sp, registers: new Map(registers) };
  const module = { codeId: null, debugFile: null, debugId: null, version: null };
  return {
    ...{
      format: 'minidump',
      os: reason.startsWith('EXC') ? 'windows' : 'linux',
      osVersion: null,
      osDistribution: null,
    },
    ...{ cpu: 'amd64', cpuInfo: null, cpuCount: null, processId: null, crashedAt: null, startedAt: null },
    ...{ exception: null, crashReason: reason, crashAddress: address, crashingThread: 0, dumpThread: null },
    threads: [
      {
        ...{ index: 0, id: 1, name: null, startAddress: null, context, contextRange: null },
        stack: { address: 0x7fff_0000n, size: 0x4000, offset: 0 },
      },
    ],
    modules: [{ ordinal: 0, base: 0x40_0000n, size: 0x2000, codeFile: 'app', ...module }],
    mainModule: 0,
    unloadedModules: [{ ordinal: 0, base: 0x5000_0000n, size: 0x1000, codeFile: 'gone', ...module }],
    memory: new SnapshotMemory(new BufferSource(new Uint8Array(16)), []),
    regionInfo: REGIONS,
    ...{ annotations: new Map(), assertion: null, messages: [], memoryFigures: null, pointerAuthenticationMask: null },
    unread: { commandLine: false, environment: false, userStreams: 0 },
    problems: [],
  };
}

const MAPERR = 'SIGSEGV / SEGV_MAPERR';
const READ = 'EXCEPTION_ACCESS_VIOLATION_READ';
const WRITE = 'EXCEPTION_ACCESS_VIOLATION_WRITE';

test.each<[string, Crash, string | null]>([
  ['a field behind null', { reason: MAPERR, address: 0x18n }, 'null-pointer/strong'],
  ['a call through null', { reason: MAPERR, address: 0n, ip: 0n }, 'null-call/strong'],
  ['a jump nowhere', { reason: MAPERR, address: 0x4141_4140n, ip: 0x4141_4140n }, 'wild-call/strong'],
  ['a jump into the heap', { reason: MAPERR, address: 0x60_0010n, ip: 0x60_0010n }, 'executing-data/strong'],
  [
    'a jump into the stack',
    { reason: 'EXCEPTION_ACCESS_VIOLATION_EXEC', address: 0x7fff_2000n },
    'executing-data/strong',
  ],
  [
    'a jump into what was unloaded',
    { reason: MAPERR, address: 0x5000_0100n, ip: 0x5000_0100n },
    'unloaded-code/strong',
  ],
  [
    'a jump through freed memory',
    { reason: MAPERR, address: 0xdddd_dddd_dddd_ddddn, ip: 0xdddd_dddd_dddd_ddddn },
    'freed-memory/fair',
  ],
  ['a stack that ran out', { reason: MAPERR, address: 0x7ffe_fff8n, sp: 0x7fff_0000n }, 'stack-overflow/strong'],
  ['Windows says so itself', { reason: 'EXCEPTION_STACK_OVERFLOW', address: 0x7ffe_fff8n }, 'stack-overflow/strong'],
  ['a local is no overflow', { reason: MAPERR, address: 0x7fff_1008n }, null],
  ['past the heap', { reason: MAPERR, address: 0x60_1004n }, 'guard-page/strong'],
  ['a write to constants', { reason: WRITE, address: 0x40_1010n }, 'read-only-memory/strong'],
  ['likely a write to constants', { reason: 'SIGSEGV / SEGV_ACCERR', address: 0x40_1010n }, 'read-only-memory/fair'],
  ['a read of constants cannot fail so', { reason: READ, address: 0x40_1010n }, null],
  [
    'a member of what was freed, 32 bits wide',
    { reason: MAPERR, address: 0xdddd_dddd_dddd_ddf5n },
    'freed-memory/fair',
  ],
  ['fresh memory', { reason: READ, address: 0xcdcd_cdcd_cdcd_cdcdn }, 'uninitialised-memory/fair'],
  ['no address that a CPU has', { reason: MAPERR, address: 0x1234_5678_9abc_def0n }, 'non-canonical/strong'],
  [
    'the same, as Linux tells it',
    { reason: 'SIGSEGV / SI_KERNEL', address: 0n, registers: [['rax', 0x1234_5678_9abc_def0n]] },
    'non-canonical/strong',
  ],
  [
    'freed memory, as Windows tells it',
    { reason: READ, address: 0xffff_ffff_ffff_ffffn, registers: [['rcx', 0xfeee_feee_feee_ff00n]] },
    'freed-memory/fair',
  ],
  ['an abort', { reason: 'SIGABRT / SI_TKILL', address: 0n }, 'abort/strong'],
  [
    'a fast fail of abort',
    { reason: 'EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_FATAL_APP_EXIT', address: 0n },
    'abort/strong',
  ],
  [
    'a broken cookie',
    { reason: 'EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_STACK_COOKIE_CHECK_FAILURE', address: 0n },
    'stack-smashed/strong',
  ],
  ['a heap that checks itself', { reason: 'STATUS_HEAP_CORRUPTION', address: 0n }, 'heap-corruption/strong'],
  ['a division', { reason: 'SIGFPE / FPE_INTDIV', address: 0x40_0100n }, 'divided-by-zero/strong'],
  ['a mapped file that became shorter', { reason: 'SIGBUS / BUS_ADRERR', address: 0x6f_0000n }, 'file-gone/fair'],
  ['a C++ exception', { reason: 'Unhandled C++ Exception', address: 0n }, 'uncaught-exception/strong'],
  ['an allocator of Chromium', { reason: 'Out of Memory', address: 0n }, 'out-of-memory/strong'],
  [
    'an Objective-C exception',
    { reason: 'EXC_SOFTWARE / UNCAUGHT_NS_EXCEPTION', address: 0n },
    'uncaught-exception/strong',
  ],
  ['a trap', { reason: 'SIGTRAP', address: 0x40_0100n }, 'trap/fair'],
  ['a signal that somebody sent', { reason: 'SIGSEGV / SI_QUEUE', address: 0n }, null],
  ['a wild address that could be anything', { reason: MAPERR, address: 0x6666_0000n }, null],
])('%s', (_, crash, expected) => {
  const found = crashCause(snapshot(crash));
  expect(found === null ? null : `${found.cause}/${found.sure}`).toBe(expected);
});

test('a runtime that noted an assertion is believed before its reason', () => {
  const assertion = { expression: 'x', function: 'f', file: 'a.c', line: 1, kind: 'invalid-parameter' } as const;
  expect(crashCause({ ...snapshot({ reason: 'unknown 0x00000000', address: 0n }), assertion })?.cause).toBe(
    'assertion',
  );
});

test('without a map of the memory, only what lies below the stack pointer may have overflown it', () => {
  const crash = (address: bigint): ProcessSnapshot => ({
    ...snapshot({ reason: MAPERR, address, sp: 0x7fff_0100n }),
    regionInfo: [],
  });
  expect(crashCause(crash(0x7ffe_ff00n))).toEqual({ cause: 'stack-overflow', sure: 'fair' });
  expect(crashCause(crash(0x7fff_8000n))).toBeNull();
});

describe('what a register held', () => {
  const at = snapshot({ reason: MAPERR, address: 0n });
  test.each([
    [0n, 'null'],
    [1n, 'small'],
    [0xffffn, 'small'],
    [0xffff_ffff_ffff_fffen, 'small'],
    [0x1_0000n, 'other'],
    [0x40_0123n, 'module'],
    [0x7fff_1234n, 'stack'],
    [0xdddd_dddd_dddd_ddddn, 'poison'],
    [0xdead_beef_dead_beefn, 'poison'],
    [0x1234_5678_9abc_def0n, 'non-canonical'],
    [0x6000_0000n, 'other'],
  ])('0x%s', (value, expected) => {
    expect(registerClass(at, value)).toBe(expected);
  });

  test('of 32 bits', () => {
    expect(registerClass({ ...at, cpu: 'x86' }, 0xfeee_feeen)).toBe('poison');
    expect(registerClass({ ...at, cpu: 'x86' }, 0xffff_fff0n)).toBe('small');
    expect(registerClass({ ...at, cpu: 'x86' }, 0x9abc_def0n)).toBe('other');
  });
});
