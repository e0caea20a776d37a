import type { SymbolForm } from '@crashkeep/symbols';
import { readMinidump } from '@crashkeep/minidump';
import { BufferSource, type Cpu } from '@crashkeep/snapshot';
import { convertBreakpadSymbols, openSymbolForm } from '@crashkeep/symbols';
import { stackAt, synthMinidump } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { followsCall } from './follows-call.js';
import { walkThreads } from './index.js';

/** Symbols of an image whose code is `code` from `start` on, beside what else is known of it. */
function withCode(start: number, code: Uint8Array, form: Partial<SymbolForm> = {}): SymbolForm {
  return {
    identity: { os: 'Linux', cpu: 'x86', debugId: '', debugFile: '', codeId: null },
    hasUnwind: form.hasUnwind ?? false,
    hasFunctions: form.hasFunctions ?? false,
    hasCode: true,
    functionAt: (offset) => form.functionAt?.(offset) ?? null,
    unwindAt: (offset) => form.unwindAt?.(offset) ?? null,
    describe: () => null,
    codeAt: (offset, length) => {
      const from = offset - start;
      return from < 0 || from >= code.length ? null : code.subarray(from, from + length);
    },
  };
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

test.each([
  ['call rel32', '90e800000000', true],
  ['call eax', '9090ffd0', true],
  ['call [eax]', '9090ff10', true],
  ['call [eax+8]', '90ff5008', true],
  ['call [esp+8]', '90ff542408', true],
  ['call [eax+ecx*4]', '90ff1488', true],
  ['call [eax+0x12345678]', 'ff9078563412', true],
  ['call [0x12345678]', 'ff1578563412', true],
  ['call [ecx*4+0x12345678]', 'ff148d78563412', true],
  ['call gs:[0x10]', '65ff1510000000', true],
  ['jmp rel32', '90e900000000', false],
  ['jmp [eax]', '9090ff20', false],
  ['push [eax]', '9090ff30', false],
  ['nops', '909090909090', false],
])('x86: behind %s', (_, code, isCall) => {
  const form = withCode(0x1000, bytes(code));
  expect(followsCall('x86', form, 0x1000 + code.length / 2)).toBe(isCall);
});

test.each([
  ['bl, ARM', '000000eb', 0, true],
  ['blx r3, ARM', '33ff2fe1', 0, true],
  ['blx label, ARM', '000000fa', 0, true],
  ['mov lr, pc; ldr pc, ARM', '0fe0a0e100f093e5', 0, true],
  ['b, ARM', '000000ea', 0, false],
  ['bl, Thumb', '00f000f8', 1, true],
  ['blx label, Thumb', '00f000e8', 1, true],
  ['blx r3, Thumb', '9847', 1, true],
  ['bx lr, Thumb', '7047', 1, false],
  ['nop, Thumb', '00bf', 1, false],
])('arm: behind %s', (_, code, thumb, isCall) => {
  const form = withCode(0x1000, bytes(code));
  expect(followsCall('arm', form, 0x1000 + code.length / 2 + thumb)).toBe(isCall);
});

test('where code begins, where none is, and where none was uploaded', () => {
  expect(followsCall('x86', withCode(0x1000, bytes('ffd0')), 0x1000)).toBe(false);
  expect(followsCall('x86', withCode(0x1000, bytes('ffd0')), 0x9000)).toBe(false);
  expect(followsCall('x86', { ...withCode(0, bytes('')), hasCode: false }, 0x1002)).toBeNull();
  expect(followsCall('amd64', withCode(0x1000, bytes('ffd0')), 0x1002)).toBeNull();
});

/** A forged rule that takes one word after the other off the stack for a return address, wherever it is. */
const FORGED = ['FUNC 0 10000 0 f', 'STACK CFI INIT 0 10000 .cfa: $esp 4 + .ra: .cfa 4 - ^'];

test.each<[Cpu & ('x86' | 'arm'), string]>([
  ['x86', '$esp'],
  ['arm', 'sp'],
])(
  '%s: words that forged unwind data leads to are no calls of the uploaded image, and the true return address is one',
  async (cpu, sp) => {
    const module = `MODULE Linux ${cpu} 4E06295628926E0919A86D741F4EE9280 app`;
    const text = [module, ...FORGED.map((line) => line.replaceAll('$esp', sp)), ''].join('\n');
    const forged = openSymbolForm(
      new BufferSource(Buffer.concat((await convertBreakpadSymbols([Buffer.from(text)])).form)),
    );
    const code = new Uint8Array(0x1_0000);
    code.set(cpu === 'x86' ? bytes('e800000000') : bytes('00f000f8'), 0x200);
    const calledAt = cpu === 'x86' ? 0x205n : 0x205n;
    const stack = stackAt(0x7000_0000n, 4)`
      | secret1 |
      | called  |
      | secret2 |
      | secret3 |
    `;
    const dump = synthMinidump({ system: { cpu, platform: 'linux' } })
      .module({ name: 'app', base: 0x40_0000n, size: 0x1_0000 })
      .word('secret1', 0x40_1235n)
      .word('secret2', 0x40_5a43n)
      .word('secret3', 0x40_c0dfn)
      .word('called', 0x40_0000n + calledAt)
      .thread({
        id: 1,
        registers: cpu === 'x86' ? { eip: 0x40_0100n, esp: 0x7000_0000n } : { pc: 0x40_0100n, sp: 0x7000_0000n },
        stack,
      })
      .bytes();
    const [thread] = walkThreads(readMinidump(new BufferSource(dump)), () => withCode(0, code, forged));
    expect(thread?.frames.map(({ trust, isCall }) => [trust, isCall])).toEqual([
      ['context', null],
      ['cfi', false],
      ['cfi', true],
      ['cfi', false],
      ['cfi', false],
    ]);
  },
);
