import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  convertElfSymbols,
  convertPeSymbols,
  layeredForm,
  openSymbolForm,
  type SymbolForm,
  SymbolsError,
} from './index.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const fixtures = join(shared, 'fixtures');
const isHere = existsSync(fixtures);

function read(...path: string[]): Buffer {
  const bytes = readFileSync(join(fixtures, ...path));
  return path.at(-1)?.endsWith('.gz') === true ? gunzipSync(bytes) : bytes;
}

function form(convert: (source: BufferSource) => { form: readonly Uint8Array[] }, bytes: Uint8Array): SymbolForm {
  return openSymbolForm(new BufferSource(Buffer.concat(convert(new BufferSource(bytes)).form)));
}

describe.skipIf(!isHere)(`images of ${isHere ? 'the fixtures' : 'fixtures that are not here'}`, () => {
  test('an ELF program and its debug file together: unwind data of the one, names of the other', () => {
    const program = form(convertElfSymbols, read('bin', 'fp', 'traps'));
    const whole = layeredForm([form(convertElfSymbols, read('bin', 'fp', 'debug', 'traps.debug')), program]);
    expect(whole.identity).toMatchObject({ cpu: 'amd64', debugId: 'CDFADD7F8C2ECE447652FF3D58CED41D0' });
    expect(whole.describe(0x12d2)).toMatchObject({ function: 'do_bus', functionOffset: 0x82, line: 11 });
    expect(whole.describe(0x12d2)?.file).toMatch(/\/src\/traps\.c$/);
    expect(whole.unwindAt(0x12d2)?.cfi?.returnAddress).toEqual({ kind: 'at-cfa', offset: -8 });
    // _start: the ABI has its return address undefined.
    expect(whole.unwindAt(0x10d4)?.cfi?.returnAddress).toEqual({ kind: 'undefined' });
  });

  test('machine code is kept of programs, by ranges, and of debug files and texts there is none', () => {
    const bytes = read('bin', 'fp', 'traps');
    const program = form(convertElfSymbols, bytes);
    expect(program.hasCode).toBe(true);
    // _start of glibc: endbr64 or xor ebp, ebp; and .text lies at the same place in file and memory.
    expect(Buffer.from(program.codeAt(0x10d0, 8) ?? [])).toEqual(bytes.subarray(0x10d0, 0x10d8));
    expect(program.codeAt(0, 8)).toBeNull();
    expect(program.codeAt(0xffff_fff0, 8)).toBeNull();
    const debug = form(convertElfSymbols, read('bin', 'fp', 'debug', 'traps.debug'));
    expect([debug.hasCode, debug.codeAt(0x10d0, 8)]).toEqual([false, null]);
    expect(layeredForm([debug, program]).codeAt(0x10d0, 8)).toEqual(program.codeAt(0x10d0, 8));
    const windows = form(convertPeSymbols, read('winx64', 'bin', 'nonvol-g.exe'));
    expect([windows.hasCode, windows.codeAt(0x1000, 4)?.length]).toEqual([true, 4]);
  });

  test('the same as one form, of both files together', () => {
    const debug = new BufferSource(read('bin', 'fp', 'debug', 'traps.debug'));
    const program = new BufferSource(read('bin', 'fp', 'traps'));
    const other = new BufferSource(read('bin', 'fp', 'deep'));
    for (const [source, companion] of [
      [program, debug],
      [debug, program],
    ] as const) {
      const { form: chunks } = convertElfSymbols(source, { companions: [companion, other] });
      const whole = openSymbolForm(new BufferSource(Buffer.concat(chunks)));
      expect(whole.describe(0x12d2)).toMatchObject({ function: 'do_bus', functionOffset: 0x82, line: 11 });
      expect(whole.unwindAt(0x12d2)?.cfi).not.toBeNull();
    }
  });

  test('inlined calls of GCC and clang, which tell them in different ways', () => {
    for (const compiler of ['clang', 'nofp']) {
      const names = form(convertElfSymbols, read('bin', compiler, 'debug', 'inlined.debug'));
      const inlines = Array.from({ length: 0x2000 }, (_, offset) => names.describe(offset)?.inlines.length ?? 0);
      expect(Math.max(...inlines)).toBeGreaterThan(3);
    }
  });

  test('a Windows image: what prologues have done at each place, and where epilogues are', () => {
    const ntdll = form(convertPeSymbols, read('winx64', 'bin', 'wine', 'ntdll.dll.gz'));
    expect(ntdll.hasUnwind && ntdll.hasFunctions).toBe(true);
    const program = convertPeSymbols(new BufferSource(read('winx64', 'bin', 'nonvol-g.exe')));
    expect(program.identity.debugFile).toMatch(/\.pdb$/);
    expect(program.identity.codeId).toMatch(/^[0-9A-F]{8}[0-9a-f]+$/);
    expect(program.dropped.unwindRules).toBe(0);
  });

  test.each([
    ['an ELF program', convertElfSymbols, ['bin', 'fp', 'traps']],
    ['an ARM program', convertElfSymbols, ['bin', 'armhf', 'deep']],
    ['a debug file', convertElfSymbols, ['bin', 'clang', 'debug', 'threads.debug']],
    ['a Windows program', convertPeSymbols, ['winx64', 'bin', 'nullcall-g.exe']],
  ] as const)('%s that is damaged or cut converts or is refused with the closed error', (_, convert, path) => {
    const sound = read(...path);
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(changes, fc.nat(sound.length), fc.boolean(), (places, cut, isCut) => {
        const damaged = Buffer.from(sound);
        for (const [at, value] of places) damaged[at] = value;
        try {
          form(convert, isCut ? damaged.subarray(0, cut) : damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(SymbolsError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('what is no image is refused', () => {
  for (const convert of [convertElfSymbols, convertPeSymbols]) {
    for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), Buffer.alloc(4096), Buffer.from('\u007fELF')])
      expect(() => convert(new BufferSource(bytes))).toThrow('symbols.not-an-image');
  }
});
