import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertBreakpadSymbols, loadDemangler, openSymbolForm, type SymbolForm, walkBytesOf } from '../index.js';

const MODULE = 'MODULE Linux x86_64 4E06295628926E0919A86D741F4EE9280 app';

async function open(...records: string[]): Promise<SymbolForm> {
  const { form } = await convertBreakpadSymbols([Buffer.from([MODULE, ...records, ''].join('\n'))]);
  return openSymbolForm(new BufferSource(Buffer.concat(form)));
}

test('tells which module the symbols are of', async () => {
  const { identity } = await open('INFO CODE_ID 5629064E9228096E19A86D741F4EE928B02B6E2A');
  expect(identity).toEqual({
    ...{ os: 'Linux', cpu: 'amd64', debugId: '4E06295628926E0919A86D741F4EE9280', debugFile: 'app' },
    codeId: '5629064E9228096E19A86D741F4EE928B02B6E2A',
  });
});

test('names the function, file and line of an offset, and nothing outside', async () => {
  const form = await open('FILE 7 src/a.c', 'FUNC 1000 20 0 work', '1000 10 3 7', '1010 8 4 7');
  expect(form.describe(0x1012)).toEqual({
    ...{ function: 'work', mangled: null, functionOffset: 0x12, file: 'src/a.c', line: 4, inlines: [] },
  });
  expect(form.describe(0x101a)).toMatchObject({ function: 'work', file: null, line: null });
  expect(form.describe(0xfff)).toBeNull();
  expect(form.describe(0x1020)).toBeNull();
});

test('a PUBLIC record reaches to the next record and never into or past a function', async () => {
  const form = await open('PUBLIC 800 0 first', 'PUBLIC 900 0 second', 'FUNC 1000 20 0 work', 'PUBLIC 1010 0 inner');
  expect(form.describe(0x8ff)?.function).toBe('first');
  expect(form.describe(0xfff)).toMatchObject({ function: 'second', functionOffset: 0x6ff });
  expect(form.describe(0x1018)?.function).toBe('work');
  // It begins inside the function and goes on behind it.
  expect(form.describe(0x1030)).toMatchObject({ function: 'inner', functionOffset: 0x20 });
});

test('of two PUBLIC records at one place the name that sorts last is kept, as in rust-minidump', async () => {
  const form = await open('PUBLIC 800 0 write', 'PUBLIC 800 0 __write');
  expect(form.describe(0x800)?.function).toBe('write');
});

test('of functions that overlap the first one is kept', async () => {
  const form = await open('FUNC 1010 20 0 late', 'FUNC 1000 20 0 early', 'FUNC m 1020 0 0 empty');
  expect(form.describe(0x1018)?.function).toBe('early');
  expect(form.describe(0x1028)).toBeNull();
});

test('inlined functions are told innermost first, each with the place inside it', async () => {
  const form = await open(
    ...['FILE 0 main.c', 'FILE 1 a.c', 'FILE 2 b.c', 'INLINE_ORIGIN 0 outer', 'INLINE_ORIGIN 1 inner'],
    ...['FUNC 1000 40 0 main', 'INLINE 0 10 0 0 1008 20', 'INLINE 1 20 1 1 1010 8 1020 4', '1000 40 30 2'],
  );
  expect(form.describe(0x1012)).toMatchObject({
    ...{ function: 'main', file: 'main.c', line: 10 },
    inlines: [
      { function: 'inner', file: 'b.c', line: 30 },
      { function: 'outer', file: 'a.c', line: 20 },
    ],
  });
  expect(form.describe(0x1022)?.inlines.map((inline) => inline.function)).toEqual(['inner', 'outer']);
  expect(form.describe(0x1018)?.inlines).toEqual([{ function: 'outer', mangled: null, file: 'b.c', line: 30 }]);
  expect(form.describe(0x1004)?.inlines).toEqual([]);
});

test('inlines of size 0, which dump_syms writes for GCC, hide neither the function nor other inlines', async () => {
  const form = await open(
    ...['FILE 0 main.c', 'INLINE_ORIGIN 0 real', 'INLINE_ORIGIN 1 nothing', 'FUNC 1000 40 0 main'],
    ...['INLINE 0 10 0 0 1008 20', 'INLINE 0 11 0 1 1010 0', '1000 40 30 0'],
  );
  expect(form.describe(0x1012)?.inlines.map((inline) => inline.function)).toEqual(['real']);
});

test('the demangled name stands beside the one in the file', async () => {
  const text = [MODULE, 'PUBLIC 100 0 _ZN3foo3barEi', 'PUBLIC 200 0 _RNvCs1234_7mycrate3foo', 'PUBLIC 300 0 main', ''];
  const { form } = await convertBreakpadSymbols([Buffer.from(text.join('\n'))], { demangle: await loadDemangler() });
  const opened = openSymbolForm(new BufferSource(Buffer.concat(form)));
  expect(opened.describe(0x100)).toMatchObject({ function: 'foo::bar(int)', mangled: '_ZN3foo3barEi' });
  expect(opened.describe(0x200)).toMatchObject({ function: 'mycrate::foo', mangled: '_RNvCs1234_7mycrate3foo' });
  expect(opened.describe(0x300)).toMatchObject({ function: 'main', mangled: null });
});

test('no name lies in the part that the walker reads', async () => {
  const { form } = await convertBreakpadSymbols([
    Buffer.from(`${MODULE}\nFILE 0 canary_file\nINLINE_ORIGIN 0 canary_origin\nFUNC 10 20 0 canary_function\n`),
  ]);
  const bytes = Buffer.concat(form);
  const walkPart = bytes.subarray(0, walkBytesOf(new BufferSource(bytes)));
  expect(walkPart.includes('canary')).toBe(false);
  expect(openSymbolForm(new BufferSource(walkPart)).functionAt(0x18)).toEqual({
    ...{ start: 0x10, parameterBytes: 0, named: true },
  });
});

test('controls and marks that turn the reading direction do not come through', async () => {
  const form = await open('PUBLIC 100 0 a\u0007b\u202ec');
  expect(form.describe(0x100)?.function).toBe('a\ufffdb\ufffdc');
});

test('a text that is no symbol file is refused; damaged records are passed over and counted', async () => {
  await expect(convertBreakpadSymbols([Buffer.from('FUNC 0 1 0 x\n')])).rejects.toThrow('symbols.no-module');
  await expect(convertBreakpadSymbols([])).rejects.toThrow('symbols.no-module');
  const records = [
    MODULE,
    'FUNC zz 1 0 x',
    'BOGUS',
    'STACK CFI 10 .cfa: $rsp',
    'FUNC 100000000 10 0 far',
    'PUBLIC 10 0 a',
  ];
  const { dropped } = await convertBreakpadSymbols([Buffer.from(records.join('\n'))]);
  expect(dropped).toEqual({ badLines: 3, longLines: 0, outOfRange: 1, unwindRules: 0 });
});

test('a line of a gigabyte is not held', async () => {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  function* text(): Generator<Uint8Array> {
    yield Buffer.from(`${MODULE}\nPUBLIC 10 0 before\nPUBLIC 20 0 `);
    for (let i = 0; i < 1024; i++) yield piece;
    yield Buffer.from('\nPUBLIC 30 0 after\n');
  }
  const { form, dropped } = await convertBreakpadSymbols(text());
  expect(dropped.longLines).toBe(1);
  expect(Buffer.concat(form).length).toBeLessThan(1024);
});

test('limits of text and form hold', async () => {
  const text = Buffer.from(`${MODULE}\n${'FUNC 10 20 0 some_function_name\n'.repeat(50_000)}`);
  await expect(convertBreakpadSymbols([text], { maxTextBytes: 1000 })).rejects.toThrow('symbols.too-large');
  await expect(convertBreakpadSymbols([text], { maxFormBytes: 100_000 })).rejects.toThrow('symbols.too-large');
});

test('how the text is cut into chunks makes no difference', async () => {
  const text = Buffer.from(
    `${MODULE}\r\nFILE 1 a.c\nFUNC 10 20 0 f\r\n10 20 5 1\nSTACK CFI INIT 10 20 .cfa: $rsp 8 + .ra: .cfa -8 + ^\n`,
  );
  const whole = Buffer.concat((await convertBreakpadSymbols([text])).form);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length)), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length];
      const chunks = places.slice(1).map((end, i) => text.subarray(places[i], end));
      const { form } = await convertBreakpadSymbols(chunks);
      expect(Buffer.concat(form).equals(whole)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
