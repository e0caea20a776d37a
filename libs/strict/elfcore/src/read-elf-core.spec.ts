import { BufferSource, type ProcessSnapshot } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ElfCoreError, isElfCore, readElfCore } from './index.js';

/** Little-endian bytes of numbers: a width of 1 to 8 bytes, and values. */
function bytesOf(...fields: readonly (readonly [width: number, ...values: readonly (number | bigint)[]])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([width, ...values]) =>
      values.map((value) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
        return bytes.subarray(0, width);
      }),
    ),
  );
}

const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function note(owner: string, type: number, description: Uint8Array): Buffer {
  const name = Buffer.from(`${owner}\0`);
  return Buffer.concat([bytesOf([4, name.length, description.length, type]), padded(name), padded(description)]);
}

/** A thread of amd64: 27 registers, of which rip is the 17th and rsp the 20th. */
function prstatus(id: number, rip: bigint, rsp: bigint): Buffer {
  const registers = Array.from({ length: 27 }, (_, i) => (i === 16 ? rip : i === 19 ? rsp : BigInt(i)));
  return Buffer.concat([
    bytesOf([4, 11, 0, 0], [2, 11, 0], [8, 0, 0], [4, id, 1, 1, 1]),
    Buffer.alloc(64),
    bytesOf([8, ...registers]),
    Buffer.alloc(8),
  ]);
}

const BUILD_ID = '0102030405060708090a0b0c0d0e0f1011121314';

/** An ELF file's first page: one loaded segment and a build id. */
function firstPage(): Buffer {
  const page = Buffer.alloc(4096);
  bytesOf([1, 0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(page);
  bytesOf([8, 64]).copy(page, 32);
  bytesOf([2, 64, 56, 2]).copy(page, 52);
  bytesOf([4, 1, 5], [8, 0, 0, 0, 0x800, 0x2000, 0x1000]).copy(page, 64);
  const buildId = note('GNU', 3, Buffer.from(BUILD_ID, 'hex'));
  bytesOf([4, 4, 4], [8, 0x200, 0x200, 0, buildId.length, buildId.length, 4]).copy(page, 120);
  buildId.copy(page, 0x200);
  return page;
}

interface Region {
  readonly address: bigint;
  readonly flags: number;
  readonly bytes: Uint8Array;
}

/** A core of amd64 with these notes and this memory. */
function core(notes: Uint8Array, regions: readonly Region[]): Uint8Array {
  const count = regions.length + 1;
  let offset = 64 + count * 56;
  const place = (type: number, flags: number, address: bigint, bytes: Uint8Array): Buffer => {
    const header = bytesOf([4, type, flags], [8, offset, address, 0, bytes.length, bytes.length, 1]);
    offset += bytes.length;
    return header;
  };
  const headers = [
    place(4, 0, 0n, notes),
    ...regions.map(({ address, flags, bytes }) => place(1, flags, address, bytes)),
  ];
  return Buffer.concat([
    bytesOf(
      [1, 0x7f, 0x45, 0x4c, 0x46, 2, 1, 1],
      [8, 0],
      [1, 0],
      [2, 4, 62],
      [4, 1],
      [8, 0, 64, 0],
      [4, 0],
      [2, 64, 56, count, 0, 0, 0],
    ),
    ...headers,
    notes,
    ...regions.map(({ bytes }) => bytes),
  ]);
}

const FILES = note(
  'CORE',
  0x46494c45,
  Buffer.concat([bytesOf([8, 1, 0x1000, 0x40_0000, 0x40_2000, 0]), Buffer.from('/usr/bin/app\0')]),
);
const SIGINFO = note('CORE', 0x53494749, bytesOf([4, 11, 0, 1, 0], [8, 0x18]));
const MEMORY: readonly Region[] = [
  { address: 0x40_0000n, flags: 5, bytes: firstPage() },
  { address: 0x7000n, flags: 6, bytes: bytesOf([8, 0x40_0120, 0x7020]) },
];
const THREADS = Buffer.concat([
  note('CORE', 1, prstatus(42, 0x40_0100n, 0x7000n)),
  SIGINFO,
  note('CORE', 6, bytesOf([8, 9, 0x40_0100, 0, 0])),
  FILES,
  note('LINUX', 0x406, bytesOf([8, 1, 0x7f_0000_0000_0000n])),
  note('CORE', 1, prstatus(43, 0x40_0200n, 0x9000n)),
]);

const read = (bytes: Uint8Array): ProcessSnapshot => readElfCore(new BufferSource(bytes));

test('threads, signal, modules and memory of a core', () => {
  const snapshot = read(core(THREADS, MEMORY));
  expect(snapshot).toMatchObject({
    os: 'linux',
    cpu: 'amd64',
    crashReason: 'SIGSEGV / SEGV_MAPERR',
    crashAddress: 0x18n,
    crashingThread: 0,
    pointerAuthenticationMask: 0x7f_0000_0000_0000n,
    problems: [],
  });
  expect(snapshot.threads.map(({ id, context }) => [id, context?.instructionPointer])).toEqual([
    [42, 0x40_0100n],
    [43, 0x40_0200n],
  ]);
  expect(snapshot.threads[0]?.stack).toMatchObject({ address: 0x7000n, size: 16 });
  expect(snapshot.memory.readWord(0x7000n, 8)).toBe(0x40_0120n);
  expect(snapshot.modules).toEqual([
    {
      ordinal: 0,
      base: 0x40_0000n,
      size: 0x2000,
      codeFile: '/usr/bin/app',
      codeId: BUILD_ID,
      debugFile: '/usr/bin/app',
      debugId: '040302010605080709'.toUpperCase().concat('0A0B0C0D0E0F100'),
      version: null,
    },
  ]);
});

test('registers lie in the file where the thread says', () => {
  const bytes = core(THREADS, MEMORY);
  const range = read(bytes).threads[0]?.contextRange;
  expect(Buffer.from(bytes).readBigUInt64LE((range?.offset ?? 0) + 16 * 8)).toBe(0x40_0100n);
});

test('gcore stops a process with SIGSTOP: that is no crash', () => {
  const stopped = note('CORE', 0x53494749, bytesOf([4, 19, 0, 0, 0], [8, 0]));
  const snapshot = read(core(Buffer.concat([note('CORE', 1, prstatus(1, 1n, 2n)), stopped]), MEMORY));
  expect(snapshot.crashReason).toBeNull();
  expect(snapshot.problems).toContain('elfcore.no-signal');
});

test("of a signal that was sent the sender's id is no address", () => {
  const sent = note('CORE', 0x53494749, bytesOf([4, 11, 0, -6, 0], [8, 1234]));
  const snapshot = read(core(Buffer.concat([note('CORE', 1, prstatus(1, 1n, 2n)), sent]), MEMORY));
  expect(snapshot.crashReason).toBe('SIGSEGV / SI_TKILL');
  expect(snapshot.crashAddress).toBeNull();
});

test('without NT_FILE a saved header begins a module without a name', () => {
  const snapshot = read(core(note('CORE', 1, prstatus(1, 1n, 2n)), MEMORY));
  expect(snapshot.modules.map(({ codeFile, codeId }) => [codeFile, codeId])).toEqual([['', BUILD_ID]]);
});

test("the linker's list in a circle ends", () => {
  // The program's headers name its dynamic section, that r_debug, and r_debug a link_map whose next is itself.
  const linker = bytesOf(
    [4, 2, 6],
    [8, 0, 0x8040],
    [8, 21, 0x8060, 0, 0],
    [8, 1, 0x8080, 0, 0],
    [8, 0, 0x80a0, 0x40_0010, 0x8080],
    [8, 0x6f73_2e61n],
  );
  const auxv = note('CORE', 6, bytesOf([8, 3, 0x8000, 4, 56, 5, 1, 9, 0x40_0100]));
  const memory = [
    ...MEMORY,
    {
      address: 0x8000n,
      flags: 6,
      bytes: Buffer.concat([linker.subarray(0, 24), Buffer.alloc(40), linker.subarray(24)]),
    },
  ];
  const notes = Buffer.concat([note('CORE', 1, prstatus(1, 1n, 2n)), auxv, FILES]);
  expect(read(core(notes, memory)).modules.map(({ codeFile }) => codeFile)).toEqual(['a.so']);
});

test('what is no core is refused with a code', () => {
  const bytes = core(THREADS, MEMORY);
  const codeOf = (file: Uint8Array): string => {
    try {
      read(file);
      return 'read';
    } catch (error) {
      return error instanceof ElfCoreError ? error.code : String(error);
    }
  };
  const program = Buffer.from(bytes);
  program.writeUInt16LE(2, 16);
  expect(codeOf(new Uint8Array())).toBe('elfcore.bad-magic');
  expect(codeOf(Buffer.alloc(100))).toBe('elfcore.bad-magic');
  expect(codeOf(program)).toBe('elfcore.not-a-core');
  expect(codeOf(bytes.subarray(0, 30))).toBe('elfcore.truncated-header');
  expect(codeOf(bytes.subarray(0, 70))).toBe('elfcore.truncated-segments');
  expect([isElfCore(bytes), isElfCore(bytes.subarray(0, 4)), isElfCore(program)]).toEqual([true, true, false]);
});

test('a core that hit a limit is read as far as it goes', () => {
  const bytes = core(THREADS, MEMORY);
  const snapshot = read(bytes.subarray(0, bytes.length - 8));
  expect(snapshot.problems).toContain('elfcore.truncated');
  expect(snapshot.threads).toHaveLength(2);
});

/** A snapshot or an ElfCoreError; anything else fails the test. */
function readsOrRefuses(bytes: Uint8Array): void {
  try {
    read(bytes);
  } catch (error) {
    if (!(error instanceof ElfCoreError)) throw error;
  }
}

const hostileWord = fc.oneof(
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.integer({ min: 0, max: 8192 }),
);

test('random bytes behind a good header give a snapshot or a closed error', () => {
  const header = Buffer.from(core(THREADS, MEMORY)).subarray(0, 64);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      readsOrRefuses(bytes);
      readsOrRefuses(Buffer.concat([header, bytes]));
    }),
  );
});

test('cores with words exchanged, or cut, give a snapshot or a closed error', () => {
  const sound = core(THREADS, MEMORY);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(fc.nat(120), fc.nat()), hostileWord), { maxLength: 12 }),
      fc.nat(),
      (words, end) => {
        const bytes = Buffer.from(sound);
        for (const [at, word] of words) bytes.writeUInt32LE(word, (at % (bytes.length >> 2)) << 2);
        readsOrRefuses(bytes);
        readsOrRefuses(bytes.subarray(0, end % bytes.length));
      },
    ),
    { numRuns: 1000 },
  );
});
