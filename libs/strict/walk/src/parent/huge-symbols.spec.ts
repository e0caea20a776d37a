import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireCompiledChild } from '../spec-kit/compiled-child.js';
import type { AsyncRangeSource } from './async-range-source.js';
import { WalkRunner } from './walk-runner.js';

// What no machine wants to hold: the sources are made while they are read.
const GIB = 1024 ** 3;
const MODULE = Buffer.from(`MODULE Linux x86_64 ${'A'.repeat(32)}0 huge\n`);
const FUNC = Buffer.from('\nFUNC 1000 10 0 last\n');

let runner: WalkRunner;
beforeAll(() => {
  requireCompiledChild();
  runner = new WalkRunner();
});
afterAll(() => {
  runner.close();
});

/** `head`, then `body` again and again, then `tail`. */
function sourceOf(size: number, head: Buffer, body: Buffer, tail: Buffer): AsyncRangeSource {
  const end = size - tail.length;
  const read = (offset: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(length);
    for (let at = offset; at < offset + length;) {
      const [from, piece] =
        at < head.length ? [at, head] : at >= end ? [at - end, tail] : [(at - head.length) % body.length, body];
      const most = at < head.length || at >= end ? length : end - at;
      const copied = piece.copy(bytes, at - offset, from, Math.min(piece.length, from + most));
      at += copied;
    }
    return Promise.resolve(bytes);
  };
  return { size, read };
}

const convert = (source: AsyncRangeSource, formBytesMax = 64 * 1024 * 1024) =>
  runner.convert({ source, project: 'default', formBytesMax });

describe('a text', () => {
  test('with one line of a gigabyte: the line is passed over, and what follows counts', async () => {
    const converted = await convert(sourceOf(GIB, MODULE, Buffer.alloc(1024 * 1024, 'x'), FUNC));
    expect(converted.dropped).toMatchObject({ longLines: 1, badLines: 0 });
    expect(Buffer.concat(converted.form).includes('last')).toBe(true);
  }, 120_000);

  test('of four gigabytes of nothing that counts: read to its end, in bounded memory', async () => {
    const junk = Buffer.from(`INFO ${'x'.repeat(200_000)}\n`);
    const size = 4 * GIB;
    const converted = await convert(sourceOf(size, MODULE, junk, FUNC));
    expect(Buffer.concat(converted.form).includes('last')).toBe(true);
  }, 120_000);

  test('of four gigabytes of functions: too large as soon as its form is', async () => {
    let lines = '';
    for (let i = 0; i < 40_000; i++) lines += `FUNC ${(i * 64).toString(16)} 10 0 function_number_${String(i)}\n`;
    let furthest = 0;
    const source = sourceOf(4 * GIB, MODULE, Buffer.from(lines), FUNC);
    const watched = {
      size: source.size,
      read: (offset: number, length: number) => {
        furthest = Math.max(furthest, offset + length);
        return source.read(offset, length);
      },
    };
    await expect(convert(watched)).rejects.toThrow('walk.symbols-too-large');
    expect(furthest).toBeLessThan(GIB);
  }, 120_000);
});

describe('an image', () => {
  /** A 64-bit ELF file of four gigabytes whose section of that name has nearly all of it. */
  function hugeElf(section: string): AsyncRangeSource {
    const names = Buffer.from(`\0.note.gnu.build-id\0${section}\0.debug_abbrev\0.debug_str\0.shstrtab\0`);
    const note = Buffer.concat([
      Buffer.from([4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0]),
      Buffer.from('GNU\0'),
      Buffer.alloc(20, 9),
    ]);
    const [size, bodyAt] = [4 * GIB, 4096];
    const rows = Buffer.alloc(64 * 6);
    const row = (i: number, name: string, offset: number, bytes: number): void => {
      rows.writeUInt32LE(names.indexOf(`\0${name}\0`) + 1, i * 64);
      rows.writeUInt32LE(1, i * 64 + 4);
      rows.writeBigUInt64LE(BigInt(offset), i * 64 + 24);
      rows.writeBigUInt64LE(BigInt(bytes), i * 64 + 32);
    };
    const tail = Buffer.concat([rows, names]);
    row(1, '.note.gnu.build-id', 64, note.length);
    row(2, section, bodyAt, size - bodyAt - tail.length);
    row(3, '.debug_abbrev', bodyAt, 1_000_000);
    row(4, '.debug_str', bodyAt, 1_000_000);
    row(5, '.shstrtab', size - names.length, names.length);
    const head = Buffer.alloc(bodyAt);
    head.write('\x7fELF\x02\x01\x01', 'latin1');
    head.writeUInt16LE(3, 16);
    head.writeUInt16LE(62, 18);
    head.writeBigUInt64LE(BigInt(size - tail.length), 40);
    head.writeUInt16LE(64, 58);
    head.writeUInt16LE(6, 60);
    head.writeUInt16LE(5, 62);
    note.copy(head, 64);
    rows.copy(tail);
    return sourceOf(size, head, Buffer.alloc(64 * 1024, 1), tail);
  }

  test.each(['.debug_info', '.debug_line', '.eh_frame', '.symtab'])(
    'of four gigabytes, nearly all of it %s: what it is, is known; the rest ends inside the budget',
    async (section) => {
      const outcome = await convert(hugeElf(section)).then(
        ({ identity }) => identity.codeId,
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
      expect(['09'.repeat(20), 'walk.symbols-too-large', 'walk.not-symbols', 'walk.budget-exhausted']).toContain(
        outcome,
      );
    },
    120_000,
  );
});
