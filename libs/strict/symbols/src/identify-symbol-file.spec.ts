import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifySymbolFile } from './identify-symbol-file.js';
import { SymbolsError } from './symbols-error.js';

const identify = (bytes: string | Uint8Array) =>
  identifySymbolFile(new BufferSource(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes));

test('a MODULE record names the file, spaces included', () => {
  const id = 'a1'.repeat(16);
  expect(identify(`MODULE windows x86_64 ${id}2 my app.pdb\r\nFUNC 1 2 3 x\n`)).toEqual({
    kind: 'breakpad',
    debugFile: 'my app.pdb',
    debugId: `${id}2`.toUpperCase(),
    codeId: null,
  });
});

test('what begins as no symbol file is none', () => {
  for (const text of ['', 'hello', 'FUNC 1 2 3 x', 'MODULE Linux', 'PK\u0003\u0004']) expect(identify(text)).toBeNull();
});

test('an image without readable headers is damaged, whatever follows', () => {
  for (const text of ['\u007fELF', 'MZ']) expect(() => identify(text)).toThrow(SymbolsError);
  fc.assert(
    fc.property(fc.constantFrom('\u007fELF\u0002\u0001', 'MZ'), fc.uint8Array({ maxLength: 400 }), (magic, tail) => {
      try {
        identify(Buffer.concat([Buffer.from(magic, 'latin1'), tail]));
      } catch (error) {
        expect(error).toBeInstanceOf(SymbolsError);
      }
    }),
  );
});
