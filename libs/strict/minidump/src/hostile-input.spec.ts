import { BufferSource, type ByteSource, type FileRange, type ProcessSnapshot } from '@crashkeep/snapshot';
import { sampleDump, synthMinidump } from '@crashkeep/synth';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinidumpError, readMinidump } from './index.js';

/** Counts what is read, as the parent of the parser's child does. */
class CountingSource implements ByteSource {
  readonly #inner: BufferSource;
  readonly size: number;
  bytesRead = 0;
  bytesPrefetched = 0;
  rounds = 0;

  constructor(bytes: Uint8Array) {
    this.#inner = new BufferSource(bytes);
    this.size = bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    this.bytesRead += length;
    return this.#inner.read(offset, length);
  }

  prefetch(ranges: readonly FileRange[]): void {
    this.rounds++;
    for (const { offset, length } of ranges) this.bytesPrefetched += Math.min(length, Math.max(0, this.size - offset));
  }
}

const READ_BUDGET = 16 * 1024 * 1024 + 64 * 1024;

/** A snapshot or a MinidumpError, and within the budget; anything else fails the test. */
function readsOrRefuses(bytes: Uint8Array): ProcessSnapshot | null {
  const source = new CountingSource(bytes);
  try {
    const snapshot = readMinidump(source);
    // Registers are decoded when asked for.
    for (const { context } of snapshot.threads) expect(context?.registers.size).not.toBe(0);
    return snapshot;
  } catch (error) {
    if (!(error instanceof MinidumpError)) throw error;
    return null;
  } finally {
    expect(source.bytesRead).toBeLessThan(READ_BUDGET);
  }
}

const header = Uint8Array.of(0x4d, 0x44, 0x4d, 0x50, 0x93, 0xa7, 0, 0);

test('random bytes give a snapshot or a closed error', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => void readsOrRefuses(bytes)));
});

test('random bytes behind a good header give a snapshot or a closed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => void readsOrRefuses(Uint8Array.of(...header, ...bytes))),
  );
});

const dumps = [
  sampleDump(),
  synthMinidump({ littleEndian: false, fullMemory: true, system: { cpu: 'arm64' } })
    .module({ name: 'app', base: 0x40_0000n, size: 0x1000, debug: { kind: 'elf', buildId: 'ab'.repeat(20) } })
    .thread({
      id: 1,
      name: 'main',
      registers: { pc: 1n, sp: 0x7000n },
      stack: { address: 0x7000n, bytes: new Uint8Array(64) },
    })
    .memory(0x9000n, new Uint8Array(256))
    .exception({ threadId: 1, code: 11, address: 0n })
    .linux('maps', '7000-8000 rw-p 00000000 00:00 0 [stack]\n')
    .annotations({ simple: { a: 'b' }, modules: [{ module: 0, objects: { c: 'd' }, list: ['e'] }] })
    .bytes(),
];

/** Words that have hurt readers: signs, ends, sizes near 2^32. */
const hostileWord = fc.oneof(
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff),
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.integer({ min: 0, max: 8192 }),
);
/** Header, directory and first streams as often as all the rest. */
const mutation = fc.record({ at: fc.oneof(fc.nat(160), fc.nat()), word: hostileWord });

test('dumps with words exchanged give a snapshot or a closed error', () => {
  fc.assert(
    fc.property(fc.nat(dumps.length - 1), fc.array(mutation, { minLength: 1, maxLength: 12 }), (which, mutations) => {
      const bytes = dumps[which]?.slice() ?? new Uint8Array(0);
      const view = new DataView(bytes.buffer);
      for (const { at, word } of mutations) view.setUint32((at % (bytes.length >> 2)) << 2, word, true);
      readsOrRefuses(bytes);
    }),
    { numRuns: 2000 },
  );
});

test('a directory of nothing, past the end of the file, is one of nothing', () => {
  const bytes = sampleDump();
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 0, true);
  view.setUint32(12, 0xffff_ffff, true);
  expect(readsOrRefuses(bytes)?.problems).toContain('minidump.no-threads');
});

test('dumps cut anywhere give a snapshot or a closed error', () => {
  for (const dump of dumps) for (let end = 0; end < dump.length; end += 13) readsOrRefuses(dump.subarray(0, end));
});

test('a stream that claims four gigabytes costs no more than its budget', () => {
  const dump = sampleDump();
  const view = new DataView(dump.buffer);
  for (let entry = 0; entry < view.getUint32(8, true); entry++) view.setUint32(32 + entry * 12 + 4, 0xffff_ffff, true);
  expect(readsOrRefuses(dump)?.problems).toContain('minidump.truncated');
});

test('one hint a round: directory, streams, what they point to, stacks, annotations', () => {
  const source = new CountingSource(sampleDump());
  readMinidump(source);
  expect(source.rounds).toBe(5);
  expect(source.bytesRead).toBeLessThan(16_384);
});

/** A dump whose last range of memory goes on for `more` bytes of zeroes. */
class LongSource extends CountingSource {
  override readonly size: number;
  readonly #written: number;

  constructor(bytes: Uint8Array, more: number) {
    super(bytes);
    this.#written = bytes.length;
    this.size = bytes.length + more;
  }

  override read(offset: number, length: number): Uint8Array {
    if (offset + length <= this.#written) return super.read(offset, length);
    this.bytesRead += length;
    return new Uint8Array(length);
  }
}

test('a full dump of four gigabytes costs what a small one costs', () => {
  const more = 2 ** 32;
  const dump = synthMinidump({ fullMemory: true })
    .thread({ id: 1, registers: { rip: 1n, rsp: 0x7f00_0000_1000n } })
    .memory(0x7f00_0000_0000n, new Uint8Array(8192))
    .bytes();
  // The list of ranges is the last stream: one range, whose size is the file's last eight bytes.
  const view = new DataView(dump.buffer);
  view.setBigUint64(dump.length - 8, BigInt(8192 + more), true);
  const small = new CountingSource(dump);
  const large = new LongSource(dump, more);
  const stackOf = (source: ByteSource) => readMinidump(source).threads[0]?.stack;
  expect(stackOf(small)?.address).toBe(0x7f00_0000_0000n);
  expect(stackOf(large)?.size).toBe(8192 + more);
  expect(large.bytesRead).toBe(small.bytesRead);
  expect(large.bytesPrefetched).toBeLessThan(small.bytesPrefetched + 128 * 1024);
});
