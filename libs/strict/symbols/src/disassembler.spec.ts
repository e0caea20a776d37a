import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CodeAt, loadDisassembler, REGISTER_NAMES } from './index.js';

const disassemble = await loadDisassembler();
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const at = (cpu: CodeAt['cpu'], bytes: string, thumb = false): CodeAt => ({
  cpu,
  bytes: hex(bytes),
  offset: 0x1000,
  thumb,
});

test.each([
  ['amd64', '488b4718c3', 'mov rax, qword ptr [rdi + 0x18]', 4, ['rax', 'rdi']],
  ['amd64', 'c7042578563412ffffffff', 'mov dword ptr [0x12345678], 0xffffffff', 11, []],
  ['amd64', 'ff5018', 'call qword ptr [rax + 0x18]', 3, ['rax']],
  ['amd64', 'e8fb0f0000', 'call 0x2000', 5, []],
  ['amd64', '0fb64408ff', 'movzx eax, byte ptr [rax + rcx - 1]', 5, ['rax', 'rcx']],
  ['amd64', 'f3a4', 'rep movsb byte ptr [rdi], byte ptr [rsi]', 2, ['rdi', 'rsi']],
  ['amd64', '0f0b', 'ud2', 2, []],
  ['x86', '8a01', 'mov al, byte ptr [ecx]', 2, ['eax', 'ecx']],
  ['arm64', '000040f9', 'ldr x0, [x0]', 4, ['x0']],
  ['arm64', 'e80300b9', 'str w8, [sp]', 4, ['x8', 'sp']],
  ['arm', '000090e5', 'ldr r0, [r0]', 4, ['r0']],
] as const)('%s %s', (cpu, bytes, text, length, registers) => {
  expect(disassemble(at(cpu, bytes))).toEqual({ text, length, registers });
});

test('Thumb code is read as such where the processor was in that state', () => {
  expect(disassemble(at('arm', '1868', true))?.text).toBe('ldr r0, [r3]');
  expect(disassemble(at('arm', '1868'))?.text).not.toBe('ldr r0, [r3]');
});

test('what is no instruction, is cut off, or is of another CPU has no text', () => {
  for (const code of [
    at('amd64', '0f'),
    at('amd64', ''),
    at('amd64', '06'),
    at('mips', '00000000'),
    at('arm64', '0000'),
  ])
    expect(disassemble(code)).toBeNull();
});

test('whatever the bytes are, the text is of a small alphabet and its registers are on the list', () => {
  const cpus = fc.constantFrom('amd64', 'x86', 'arm64', 'arm') as fc.Arbitrary<CodeAt['cpu']>;
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(cpus, bytes, fc.boolean(), fc.nat(0xffff_ffff), (cpu, code, thumb, offset) => {
      const found = disassemble({ cpu, bytes: code, offset, thumb });
      if (found === null) return;
      expect(found.text).toMatch(/^[a-z0-9_ ,.:+*\-[\]#!{}^()/]{1,160}$/);
      expect(found.registers.every((name) => REGISTER_NAMES.includes(name))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
