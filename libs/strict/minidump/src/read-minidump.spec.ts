import { BufferSource, type ProcessSnapshot } from '@crashkeep/snapshot';
import { sampleDump, stackAt, type SynthCpu, synthMinidump } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { isMinidump, readMinidump } from './index.js';

const read = (bytes: Uint8Array): ProcessSnapshot => readMinidump(new BufferSource(bytes));
const codeOf = (bytes: Uint8Array): string => {
  try {
    read(bytes);
    return 'read';
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error';
  }
};

test('the sample crash is read as it was written', () => {
  const snapshot = read(sampleDump({ crashedAt: 1_750_000_000 }));
  expect(snapshot).toMatchObject({
    os: 'linux',
    cpu: 'amd64',
    crashReason: 'SIGSEGV / SEGV_MAPERR',
    crashAddress: 0x18n,
    crashingThread: 1,
    crashedAt: 1_750_000_000,
    mainModule: 0,
    problems: [],
  });
  expect(snapshot.threads.map(({ name }) => name)).toEqual(['lantern', 'thumb-worker-2', 'index-writer']);
  expect(snapshot.annotations.get('prod')).toBe('Lantern');
  expect(snapshot.modules.map(({ debugId }) => debugId)).toContain('7E0B1D6C4F9AD243B5508E21C7FA34900');
});

const REGISTERS: Readonly<Record<SynthCpu, Readonly<Record<string, bigint>>>> = {
  amd64: { rip: 0x40_0120n, rsp: 0x7000n, rbp: 0x7010n, r15: 0xffff_ffff_ffff_fff1n },
  x86: { eip: 0x40_0120n, esp: 0x7000n, ebp: 0x7010n, esi: 0xffff_fff1n },
  arm64: { pc: 0x40_0120n, sp: 0x7000n, x29: 0x7010n, x30: 0x40_0140n },
  arm: { pc: 0x40_0120n, sp: 0x7000n, r11: 0x7010n, lr: 0x40_0140n },
};

test.each(
  (['amd64', 'x86', 'arm64', 'arm'] as const).flatMap((cpu) => [
    { cpu, littleEndian: true },
    { cpu, littleEndian: false },
  ]),
)('registers and stack of $cpu, little endian $littleEndian', ({ cpu, littleEndian }) => {
  const wordBytes = cpu === 'amd64' || cpu === 'arm64' ? 8 : 4;
  const snapshot = read(
    synthMinidump({ littleEndian, system: { cpu } })
      .module({ name: 'app', base: 0x40_0000n, size: 0x1000 })
      .thread({ id: 1, registers: REGISTERS[cpu], stack: stackAt(0x7000n, wordBytes)`| return -> app+0x120 |` })
      .bytes(),
  );
  const thread = snapshot.threads[0];
  expect(snapshot.cpu).toBe(cpu);
  expect(thread?.context?.instructionPointer).toBe(0x40_0120n);
  expect(thread?.context?.stackPointer).toBe(0x7000n);
  for (const [name, value] of Object.entries(REGISTERS[cpu])) expect(thread?.context?.registers.get(name)).toBe(value);
  expect(snapshot.memory.readWord(0x7000n, wordBytes)).toBe(0x40_0120n);
});

test('debug ids: a PDB by GUID and age, an ELF file by its build id read as a GUID', () => {
  const dump = synthMinidump({ system: { platform: 'windows' } })
    .module({
      name: 'C:\\app.exe',
      base: 0x40_0000n,
      size: 0x1000,
      timestamp: 0x5f00_0001,
      debug: { kind: 'pdb', id: '0123456789ABCDEF0123456789ABCDEFa', file: 'D:\\out\\app.pdb' },
      version: [0x0001_0002, 0x0003_0004, 0, 0],
    })
    .module({ name: 'libfoo.so', base: 0x50_0000n, size: 0x1000, debug: { kind: 'elf', buildId: '0102030405' } })
    .module({ name: 'bare.dll', base: 0x60_0000n, size: 0x2000, timestamp: 1 })
    .bytes();
  expect(
    read(dump).modules.map(({ debugId, codeId, debugFile, version }) => [debugId, codeId, debugFile, version]),
  ).toEqual([
    ['0123456789ABCDEF0123456789ABCDEFa', '5f0000011000', 'D:\\out\\app.pdb', '1.2.3.4'],
    ['04030201000500000000000000000000'.concat('0'), '0102030405', 'libfoo.so', null],
    [null, '000000012000', null, null],
  ]);
});

test('the crashing thread has the registers of the exception, and its stack is where those point', () => {
  const snapshot = read(
    synthMinidump()
      .thread({ id: 9, registers: { rip: 1n, rsp: 0x7000n }, stack: stackAt(0x7000n)`| junk | x4` })
      .memory(0x9000n, new Uint8Array(64))
      .exception({ threadId: 9, code: 11, address: 0n, registers: { rip: 2n, rsp: 0x9010n } })
      .bytes(),
  );
  expect(snapshot.threads[0]?.context?.instructionPointer).toBe(2n);
  expect(snapshot.threads[0]?.stack).toMatchObject({ address: 0x9000n, size: 64 });
});

test('full memory is one run of bytes in the order of its list', () => {
  const snapshot = read(
    synthMinidump({ fullMemory: true })
      .memory(0x2000n, Uint8Array.of(1, 2, 3, 4))
      .memory(0x1000n, Uint8Array.of(5, 6, 7, 8))
      .bytes(),
  );
  expect(snapshot.memory.readWord(0x2000n, 4)).toBe(0x0403_0201n);
  expect(snapshot.memory.readWord(0x1000n, 4)).toBe(0x0807_0605n);
});

test('annotations of the process win over those of a module; strings without a key are messages', () => {
  const snapshot = read(
    synthMinidump()
      .annotations({
        simple: { ver: '1' },
        modules: [{ module: 0, simple: { ver: '2', extra: 'x' }, objects: { ptype: 'gpu' }, list: ['abort() called'] }],
      })
      .bytes(),
  );
  expect(Object.fromEntries(snapshot.annotations)).toEqual({ ver: '1', extra: 'x', ptype: 'gpu' });
  expect(snapshot.messages).toEqual(['abort() called']);
});

test('Linux text: mappings, distribution, and the process id where MiscInfo is missing', () => {
  const snapshot = read(
    synthMinidump()
      .linux(
        'maps',
        '400000-401000 r-xp 00000000 08:01 12 /bin/app\nrubbish\n7000-9000 rw-p 00000000 00:00 0 [stack]\n',
      )
      .linux('status', 'Name:\tapp\nTgid:\t41\nPid:\t42\nPPid:\t1\n')
      .linux('lsbRelease', 'DISTRIB_ID=Debian\nDISTRIB_DESCRIPTION="Debian GNU/Linux 12 (bookworm)"\n')
      .bytes(),
  );
  expect(snapshot.processId).toBe(42);
  expect(snapshot.osDistribution).toBe('Debian GNU/Linux 12 (bookworm)');
  expect(snapshot.regionInfo).toEqual([
    { address: 0x7000n, size: 0x2000n, readable: true, writable: true, executable: false },
    { address: 0x40_0000n, size: 0x1000n, readable: true, writable: false, executable: true },
  ]);
});

test('what is no minidump is refused with a code', () => {
  const dump = sampleDump();
  const view = new DataView(dump.buffer);
  expect(codeOf(Uint8Array.of(1, 2, 3))).toBe('minidump.bad-magic');
  expect(codeOf(new Uint8Array(64))).toBe('minidump.bad-magic');
  expect(codeOf(dump.subarray(0, 20))).toBe('minidump.truncated-header');
  expect(codeOf(dump.subarray(0, 40))).toBe('minidump.truncated-directory');
  view.setUint16(4, 7, true);
  expect(codeOf(dump)).toBe('minidump.bad-version');
});

test('isMinidump goes by four bytes, in either order', () => {
  expect(isMinidump(sampleDump().subarray(0, 4))).toBe(true);
  expect(isMinidump(synthMinidump({ littleEndian: false }).bytes())).toBe(true);
  expect(isMinidump(Uint8Array.of(0x4d, 0x44, 0x4d))).toBe(false);
});

test('a cut dump is read as far as it goes', () => {
  const dump = sampleDump();
  const snapshot = read(dump.subarray(0, dump.length - 600));
  expect(snapshot.problems).toContain('minidump.truncated');
  expect(snapshot.threads).toHaveLength(3);
  expect(snapshot.crashReason).toBe('SIGSEGV / SEGV_MAPERR');
});

test('command line, environment and streams of the program’s own are counted, and not read', () => {
  const dump = synthMinidump()
    .linux('cmdline', 'app --token=hunter2\0')
    .linux('environ', 'SECRET=1\0')
    .stream(10, Buffer.from('a comment'))
    .stream(0x1_0001, Buffer.from('own'))
    .stream(0x4b6b_0002, Buffer.from('a stability report'))
    .bytes();
  const snapshot = read(dump);
  expect(snapshot.unread).toEqual({ commandLine: true, environment: true, userStreams: 2 });
  expect(
    JSON.stringify(snapshot, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toMatch(/hunter2|SECRET/);
  expect(read(sampleDump()).unread.userStreams).toBe(0);
});

test.each([true, false])('memory of the machine and of the process, little endian %s', (littleEndian) => {
  const machine = new DataView(new ArrayBuffer(492));
  machine.setUint32(8, 4096, littleEndian);
  machine.setUint32(12, 2_000_000, littleEndian);
  [100_000n, 900_000n, 1_000_000n].forEach((pages, i) => {
    machine.setBigUint64(116 + i * 8, pages, littleEndian);
  });
  const process = new DataView(new ArrayBuffer(80));
  process.setBigUint64(16, 5_000_000n, littleEndian);
  process.setBigUint64(56, 7_000_000n, littleEndian);
  const dump = (counters: DataView): Uint8Array =>
    synthMinidump({ littleEndian })
      .stream(21, new Uint8Array(machine.buffer))
      .stream(22, new Uint8Array(counters.buffer, 0, counters.byteLength))
      .bytes();
  const pages = (count: number): number => count * 4096;
  expect(read(dump(process)).memoryFigures).toEqual({
    ...{ physical: pages(2_000_000), available: pages(100_000), committed: pages(900_000) },
    ...{ commitLimit: pages(1_000_000), process: 7_000_000 },
  });
  const cut = read(dump(new DataView(process.buffer, 0, 40)));
  expect([cut.memoryFigures?.process, cut.problems.includes('minidump.bad-memory-figures')]).toEqual([null, true]);
});

test('Linux tells what the process had resident', () => {
  const status = 'Name:\tapp\nVmPeak:\t  999 kB\nVmRSS:\t    2048 kB\n';
  expect(read(synthMinidump().linux('status', status).bytes()).memoryFigures).toMatchObject({
    process: 2_097_152,
    physical: null,
  });
  expect(read(synthMinidump().bytes()).memoryFigures).toBeNull();
});
