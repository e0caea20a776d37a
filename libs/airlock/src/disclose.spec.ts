import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LenientReport } from '@crashkeep/report';
import { disclose } from './disclose.js';
import { sampleFacts, sampleFrame, sampleModule, sampleNames, sampleThread, sampleWalk } from './sample-walk.js';

const withheldOf = (report: LenientReport, kind: string): number =>
  report.withheld.find((it) => it.kind === kind)?.count ?? 0;

test('a walk becomes a report, field by field', () => {
  const report = disclose(sampleWalk(), sampleFacts());
  expect(LenientReport.parse(report)).toEqual(report);
  expect(report).toMatchObject({
    product: 'Edge Relay',
    version: '4.18.2-beta.1',
    channel: 'stable',
    os_version: '6.1.0-50-amd64 #1 SMP Debian 6.1.192-2 (2026-11-16) x86_64',
    cpu_info: 'GenuineIntel family 6 model 158 stepping 9',
    crash_reason: 'SIGSEGV / SEGV_MAPERR',
    crash_address: 'null+0x18',
    crash_address_class: 'null',
    probable_cause: { cause: 'null-pointer', sure: 'strong' },
    instruction: {
      text: 'mov rax, qword ptr [rdi + 0x18]',
      registers: [
        { name: 'rax', class: 'other' },
        { name: 'rdi', class: 'null' },
      ],
    },
    memory: { physical: '4 to 16 GB', available: '2 to 5 %', commit: null, process: '256 MB to 1 GB' },
    signature: 'relay::Table::find',
    signature_why: [{ why: 'function', thread: 0, frame: 0 }],
    problems: ['minidump.truncated'],
    withheld: [
      { kind: 'memory', count: 1 },
      { kind: 'registers', count: 1 },
      { kind: 'annotations', count: 4 },
      { kind: 'attachments', count: 2 },
      { kind: 'module-paths', count: 2 },
      { kind: 'command-line', count: 1 },
      { kind: 'assertion-text', count: 2 },
      { kind: 'user-streams', count: 1 },
    ],
  });
  expect(report.threads[0]?.frames[0]).toEqual({
    index: 0,
    module: 'relay',
    module_index: 0,
    module_offset: '0x0000000000001234',
    function: 'relay::Table::find(int)',
    mangled: '_ZN5relay5Table4findEi',
    file: '/build/src/table.cc',
    line: 42,
    trust: 'context',
    inlines: [],
    unloaded_modules: [],
  });
  expect(report.modules[0]).toEqual({
    name: 'relay',
    version: '4.18.2.0',
    debug_file: 'relay.debug',
    debug_id: 'AEC25E4BA8C55BC467CAF51DA65B5EF20',
    code_id: '4b5ec2aec5a8c45b67caf51da65b5ef2e14f6eec',
    symbols_loaded: true,
  });
});

describe('scanned frames', () => {
  const scanned = [
    sampleFrame(),
    sampleFrame({ t: 'scan', names: null }),
    sampleFrame({
      t: 'scan',
      names: sampleNames({ inlines: [{ function: 'in', mangled: null, file: null, line: 1 }] }),
    }),
    sampleFrame({ t: 'cfi_scan', names: sampleNames({ function: null }) }),
  ];

  test.each(['x86', 'arm', 'mips', 'ppc', 'sparc', 'riscv', 'unknown'] as const)(
    'on %s only where a symbol names them',
    (cpu) => {
      const report = disclose(sampleWalk({ cpu, threads: [sampleThread({ frames: scanned })] }), sampleFacts());
      expect(report.threads[0]?.frames.map((it) => it.index)).toEqual([0, 2]);
      expect(report.threads[0]?.frames[1]).toMatchObject({
        module: 'relay',
        function: 'relay::Table::find(int)',
        module_offset: null,
        file: null,
        line: null,
        inlines: [],
      });
      expect(report.threads[0]?.frames_withheld).toBe(2);
      expect(withheldOf(report, 'scanned-frames')).toBe(2);
    },
  );

  test.each(['amd64', 'arm64', 'mips64', 'ppc64', 'riscv64'] as const)('on %s with their offset', (cpu) => {
    const report = disclose(sampleWalk({ cpu, threads: [sampleThread({ frames: scanned })] }), sampleFacts());
    expect(report.threads[0]?.frames).toHaveLength(4);
    expect(report.threads[0]?.frames[1]).toMatchObject({ module: 'relay', module_offset: '0x0000000000001234' });
  });

  test('weigh nothing in a signature', () => {
    const frames = [sampleFrame({ m: null, o: null, names: null }), sampleFrame({ t: 'scan' })];
    const report = disclose(sampleWalk({ threads: [sampleThread({ frames })] }), sampleFacts());
    expect(report.signature).toBe('SIGSEGV / SEGV_MAPERR | no frames');
  });
});

describe('frames outside of modules', () => {
  test('show neither module nor value, only what was unloaded there', () => {
    const frames = [sampleFrame({ m: null, o: 0x1234, a: '0xdeadbeef', names: null, u: [[0, 0x77]] })];
    const report = disclose(sampleWalk({ threads: [sampleThread({ frames })] }), sampleFacts());
    expect(report.threads[0]?.frames[0]).toMatchObject({
      module: null,
      module_index: null,
      module_offset: null,
      unloaded_modules: [{ module: 'gone.dll' }],
    });
    expect(JSON.stringify(report)).not.toMatch(/1234|deadbeef/);
  });

  test('an ordinal or an offset beyond the modules is one of those', () => {
    const frames = [sampleFrame({ m: 99 }), sampleFrame({ o: 0x20_0000 })];
    const report = disclose(sampleWalk({ threads: [sampleThread({ frames })] }), sampleFacts());
    expect(report.threads[0]?.frames.map((it) => it.module_offset)).toEqual([null, null]);
    expect(report.threads[0]?.frames[0]?.function).toBeNull();
  });
});

test.each([
  [{ class: 'null', offset: 0, module: null }, 'null', 0],
  [{ class: 'null', offset: 0xfff, module: null }, 'null+0xfff', 0],
  [{ class: 'module', offset: null, module: 1 }, 'in module libc.so.6', 1],
  [{ class: 'module', offset: null, module: 99 }, 'in a module', 1],
  [{ class: 'heap-like', offset: null, module: null }, 'heap-like', 1],
  [{ class: 'non-canonical', offset: null, module: null }, 'non-canonical', 1],
] as const)('a fault address is a class: %j', (address, text, withheld) => {
  const report = disclose(sampleWalk({ crashAddress: { ...address, value: '0x4142434445464748' } }), sampleFacts());
  expect(report.crash_address).toBe(text);
  expect(withheldOf(report, 'fault-address')).toBe(withheld);
  expect(JSON.stringify(report)).not.toContain('4142');
});

test('thread names are shown where well-known code gives them, or where they are the program', () => {
  const names = ['relay', 'ThreadPoolForeg', 'StyleThread#3', 'GC Thread#0', 'io poll', 'alice@example.org', 'hunter2'];
  const report = disclose(sampleWalk({ threads: names.map((name) => sampleThread({ name })) }), sampleFacts());
  expect(report.threads.map((it) => it.name)).toEqual([
    'relay',
    'ThreadPoolForeg',
    'StyleThread#3',
    'GC Thread#0',
    null,
    null,
    null,
  ]);
  expect(withheldOf(report, 'thread-names')).toBe(3);
});

test.each([
  ['a path', '/home/alice/secret-project/relay', 'relay'],
  ['a Windows path', 'C:\\Users\\alice\\relay.exe', 'relay.exe'],
  ['a bidirectional override', 'relay\u202egpj.exe', null],
  ['a control character', 'relay\u001b[2J', null],
  ['a line feed', 'relay\nx', null],
  ['memory read as UTF-16', Buffer.from('eyJhbGciOiJIUzI1NiJ9xx').toString('utf16le'), null],
  ['an address', '[vdso](0x00007ffff7fc8000)', null],
  ['a name that is a token', 'ghp_9aB3kLmN7pQrS2tUvWxYz5cDfGhJ', null],
])('a module name that is %s', (_, name, shown) => {
  const report = disclose(sampleWalk({ modules: [sampleModule({ name })] }), sampleFacts());
  expect(report.modules[0]?.name).toBe(shown);
  expect(withheldOf(report, 'unfit-text')).toBe(shown === null ? 1 : 0);
});

test('hostile names from symbols are withheld, and count', () => {
  const names = sampleNames({ function: 'a\u202eb', mangled: 'x\u0000', file: '\u2066', line: 3 });
  const report = disclose(sampleWalk({ threads: [sampleThread({ frames: [sampleFrame({ names })] })] }), sampleFacts());
  expect(report.threads[0]?.frames[0]).toMatchObject({ function: null, mangled: null, file: null, line: 3 });
  expect(withheldOf(report, 'unfit-text')).toBe(3);
  expect(report.signature).toBe('relay@0x1234 (AEC25E4B)');
});

test('a flood of threads and frames is cut, the crashing thread last', () => {
  const frames = Array.from({ length: 1024 }, () => sampleFrame());
  const threads = Array.from({ length: 4096 }, () => sampleThread({ frames }));
  const report = disclose(sampleWalk({ threads, crashingThread: 7 }), sampleFacts());
  expect(report.threads[7]?.frames).toHaveLength(1024);
  expect(report.threads[8]?.frames).toHaveLength(8);
  expect(report.threads[8]?.truncated).toBe(true);
  expect(withheldOf(report, 'frames-over-cap')).toBe(4095 * (1024 - 8));
});

test('a symbol file of endless names blows no report up', () => {
  const names = sampleNames({ function: 'x'.repeat(4096), mangled: 'y'.repeat(4096) });
  const frames = Array.from({ length: 1024 }, () => sampleFrame({ names }));
  const threads = Array.from({ length: 32 }, () => sampleThread({ frames }));
  const report = disclose(sampleWalk({ threads }), sampleFacts());
  expect(JSON.stringify(report).length).toBeLessThan(20 << 20);
  expect(withheldOf(report, 'unfit-text')).toBeGreaterThan(0);
});

test('no source of this package spreads an object', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  const sources = files.filter(
    (it) => it.endsWith('.ts') && !it.endsWith('.spec.ts') && !it.endsWith('sample-walk.ts'),
  );
  for (const file of sources)
    expect(readFileSync(join(import.meta.dirname, file), 'utf8'), file).not.toMatch(/\{\s*\.\.\./);
});

test('an instruction tells the classes of the registers that it names, and of no others', () => {
  const instruction = {
    text: 'ldm r0!, {r1, r2, r3, r4, r5, r6, r7}',
    length: 4,
    registers: ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6'],
  };
  const registers = ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r8'].map((name): [string, 'other'] => [name, 'other']);
  const report = disclose(sampleWalk({ cpu: 'arm', instruction, registers }), sampleFacts());
  expect(report.instruction?.registers.map((it) => it.name)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5']);
});

test.each(['MOV rax', 'mov rax; hunter2', 'mov\u0000', '', `nop ${'a'.repeat(100)}`, 'über'])(
  'an instruction %j is no instruction, and is withheld with its registers',
  (text) => {
    const report = disclose(sampleWalk({ instruction: { text, length: 1, registers: ['rax'] } }), sampleFacts());
    expect(report.instruction).toBeNull();
  },
);

describe('a program that ended itself: names of functions say why', () => {
  const causeOf = (...names: readonly string[]): unknown => {
    const frames = names.map((name) => sampleFrame({ names: sampleNames({ function: name }) }));
    const walk = sampleWalk({ cause: { cause: 'abort', sure: 'strong' }, threads: [sampleThread({ frames })] });
    return disclose(walk, sampleFacts()).probable_cause?.cause;
  };

  test.each([
    [['raise', 'abort', 'main'], 'abort'],
    [['raise', 'abort', '__assert_fail_base', '__assert_fail', 'main'], 'assertion'],
    [['raise', 'abort', '__libc_message', 'malloc_printerr', '_int_free'], 'heap-corruption'],
    [['raise', 'abort', '__gnu_cxx::__verbose_terminate_handler()', '__cxa_throw'], 'uncaught-exception'],
    [['abort', 'std::panicking::rust_panic_with_hook', 'app::run'], 'panic'],
    [['abort', '__fortify_fail', '__stack_chk_fail', 'copy'], 'stack-smashed'],
    [['abort', 'my::std::terminate_all', 'assert_failed'], 'abort'],
  ])('%j: %s', (names, cause) => {
    expect(causeOf(...names)).toBe(cause);
  });

  test('a fault stays what the dump says, whatever stands on the stack', () => {
    const frames = [sampleFrame({ names: sampleNames({ function: '__assert_fail' }) })];
    expect(disclose(sampleWalk({ threads: [sampleThread({ frames })] }), sampleFacts()).probable_cause?.cause).toBe(
      'null-pointer',
    );
  });
});

test('on 32-bit CPUs a frame that no call of the uploaded image leads to is one that was scanned', () => {
  const frames = [sampleFrame(), sampleFrame({ t: 'cfi', d: true }), sampleFrame({ t: 'cfi', d: true, names: null })];
  const shown = (cpu: 'x86' | 'amd64'): (string | null | undefined)[] =>
    disclose(sampleWalk({ cpu, threads: [sampleThread({ frames })] }), sampleFacts()).threads[0]?.frames.map(
      (it) => it.module_offset,
    ) ?? [];
  expect(shown('x86')).toEqual(['0x0000000000001234', null]);
  expect(shown('amd64')).toHaveLength(3);
});
