import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertBreakpadSymbols, openSymbolForm, SymbolsError } from '../index.js';

const LINES = Array.from({ length: 400 }, (_, i) => {
  const at = (i * 16).toString(16);
  return `FUNC ${at} 10 ${String(i % 5)} function_${String(i)}\nINLINE 0 7 1 3 ${at} 4\n${at} 10 ${String(i)} 1`;
});
const RULES = Array.from({ length: 400 }, (_, i) => {
  const at = (i * 16).toString(16);
  return `STACK CFI INIT ${at} 10 .cfa: $esp ${String(8 + (i % 50) * 4)} + .ra: .cfa -4 + ^`;
});
const text = [
  ...['MODULE Linux x86 4E06295628926E0919A86D741F4EE9280 app', 'FILE 1 a.c', 'INLINE_ORIGIN 3 inlined'],
  ...[...LINES, ...RULES, 'STACK WIN 0 10 40 0 0 4 8 c 0 0 1', ''],
].join('\n');
const form = Buffer.concat((await convertBreakpadSymbols([Buffer.from(text)])).form);

function readAll(bytes: Uint8Array, offsets: Iterable<number>): void {
  const opened = openSymbolForm(new BufferSource(bytes));
  for (const offset of offsets) {
    opened.functionAt(offset);
    opened.unwindAt(offset);
    opened.describe(offset);
    opened.codeAt(offset, 15);
  }
}

test('finds what lies in the middle of many blocks', () => {
  const opened = openSymbolForm(new BufferSource(form));
  for (const i of [0, 1, 127, 128, 129, 255, 256, 399]) {
    expect(opened.describe(i * 16 + 3)).toMatchObject({ function: `function_${String(i)}`, line: 7 });
    expect(opened.functionAt(i * 16 + 15)).toMatchObject({ start: i * 16, parameterBytes: i % 5 });
    expect(opened.unwindAt(i * 16)?.cfi?.cfa).toMatchObject({ offset: 8 + (i % 50) * 4 });
  }
});

test('a look-up costs few reads and few bytes, whatever the form weighs', () => {
  const counted = new BufferSource(form);
  let bytes = 0;
  const source = {
    size: counted.size,
    read: (offset: number, length: number): Uint8Array => {
      bytes += length;
      return counted.read(offset, length);
    },
    prefetch: (): void => undefined,
  };
  openSymbolForm(source).unwindAt(0x800);
  expect(bytes).toBeLessThan(8192);
});

test('what is no form, or one of another version, is refused', () => {
  expect(() => openSymbolForm(new BufferSource(Buffer.from('MODULE Linux x86 00 app\n')))).toThrow(
    'symbols.not-a-form',
  );
  expect(() => openSymbolForm(new BufferSource(new Uint8Array(3)))).toThrow('symbols.not-a-form');
  const later = Buffer.from(form);
  later.writeUInt32LE(3, 8);
  expect(() => openSymbolForm(new BufferSource(later))).toThrow('symbols.unknown-version');
});

test('a form of version 1, which keeps no code, is read', () => {
  const lists = form.readUInt32LE(12);
  const older = Buffer.concat([form.subarray(0, 24 + 7 * 4), form.subarray(24 + 9 * 4)]);
  older.writeUInt32LE(1, 8);
  older.writeUInt32LE(lists - 8, 12);
  older.writeUInt32LE(form.readUInt32LE(16) - 8, 16);
  older.writeUInt32LE(14, 20);
  const opened = openSymbolForm(new BufferSource(older));
  expect(opened.describe(3)).toMatchObject({ function: 'function_0' });
  expect([opened.hasCode, opened.codeAt(0, 15)]).toEqual([false, null]);
});

test('a damaged form answers or throws the closed error, never another', () => {
  const offsets = fc.array(fc.nat(8000), { minLength: 1, maxLength: 5 });
  const changes = fc.array(fc.tuple(fc.nat(form.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, offsets, fc.nat(form.length), (places, wanted, cut) => {
      const damaged = Buffer.from(form);
      for (const [at, value] of places) damaged[at] = value;
      for (const bytes of [damaged, damaged.subarray(0, cut)]) {
        try {
          readAll(bytes, wanted);
        } catch (error) {
          expect(error).toBeInstanceOf(SymbolsError);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
