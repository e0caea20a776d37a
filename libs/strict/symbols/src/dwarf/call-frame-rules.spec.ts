import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormBuilder } from '../form/form-builder.js';
import { openSymbolForm, type SymbolForm, SymbolsError } from '../index.js';
import { addCallFrames } from './call-frame-rules.js';

const [RBX, RBP, RSP, RIP] = [3, 6, 7, 16];

/** An entry with its length in front, padded to eight bytes with nops. */
function entry(...bytes: number[]): Buffer {
  const padded = Buffer.concat([Buffer.from(bytes), Buffer.alloc((8 - ((bytes.length + 4) % 8)) % 8)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  return Buffer.concat([length, padded]);
}

function u32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

const NUL = 0;
/** version, "zR", code 1, data -8, ra rip, encoding absptr of 8 bytes as udata4; then CFA = rsp + 8, rip at CFA - 8. */
const COMMON = [1, ...Buffer.from('zR'), NUL, 1, 0x78, RIP, 1, 0x03, 0x0c, RSP, 8, 0x80 | RIP, 1];

/** .eh_frame with one entry for [0x100, 0x140) that runs `program`. */
function section(program: readonly number[], common: readonly number[] = COMMON): Buffer {
  const cie = entry(...u32(0), ...common);
  const fde = entry(...u32(cie.length + 4), ...u32(0x100), ...u32(0x40), 0, ...program);
  return Buffer.concat([cie, fde, Buffer.alloc(4)]);
}

function open(bytes: Uint8Array): { form: SymbolForm; dropped: number } {
  const builder = new FormBuilder(10_000_000, (name) => name);
  const dropped = addCallFrames({ kind: 'eh_frame', bytes, address: 0, wordBytes: 8 }, 0, 'amd64', builder);
  const identity = { os: 'Linux', cpu: 'amd64', debugId: '', debugFile: '', codeId: null } as const;
  return { form: openSymbolForm(new BufferSource(Buffer.concat(builder.finish(identity)))), dropped };
}

test('a prologue and an epilogue, with the state kept for the code after the return', () => {
  const { form } = open(
    // push rbp; mov rbp, rsp; … pop; ret; and what follows stands as before the epilogue.
    section([0x41, 0x0e, 16, 0x80 | RBP, 2, 0x43, 0x0d, RBP, 0x60, 0x0a, 0x0c, RSP, 8, 0x41, 0x0b]),
  );
  const rbp = [RBP, { kind: 'at-cfa', offset: -16 }];
  expect(form.unwindAt(0x100)?.cfi).toMatchObject({ cfa: { register: RSP, offset: 8 }, registers: [] });
  expect(form.unwindAt(0x101)?.cfi).toMatchObject({ cfa: { register: RSP, offset: 16 }, registers: [rbp] });
  expect(form.unwindAt(0x110)?.cfi).toMatchObject({ cfa: { register: RBP, offset: 16 }, registers: [rbp] });
  expect(form.unwindAt(0x124)?.cfi?.cfa).toEqual({ kind: 'register', register: RSP, offset: 8 });
  expect(form.unwindAt(0x125)?.cfi?.cfa).toEqual({ kind: 'register', register: RBP, offset: 16 });
  expect(form.unwindAt(0x140)).toBeNull();
});

test('the outermost frame is one whose return address is undefined', () => {
  expect(open(section([0x07, RIP])).form.unwindAt(0x100)?.cfi?.returnAddress).toEqual({ kind: 'undefined' });
});

test('the linker’s PLT rule', () => {
  const plt = [0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22];
  const { form } = open(section([0x0f, plt.length, ...plt]));
  expect(form.unwindAt(0x100)?.cfi?.cfa).toEqual({ kind: 'plt', offset: 8, pivot: 11 });
});

test('a signal’s frame: registers lie where the kernel put them, and the pc is exact', () => {
  const common = [1, ...Buffer.from('zRS'), NUL, 1, 0x78, RIP, 1, 0x03];
  const saved = (register: number, offset: number): number[] => [
    0x10,
    register,
    3,
    0x77,
    (offset & 0x7f) | 0x80,
    offset >> 7,
  ];
  const { form } = open(section([0x0f, 4, 0x77, 0xa0, 1, 0x06, ...saved(RIP, 168), ...saved(RBX, 128)], common));
  expect(form.unwindAt(0x100)?.cfi).toEqual({
    ...{ kind: 'cfi', signalFrame: true, cfa: { kind: 'at-register', register: RSP, offset: 160 } },
    returnAddress: { kind: 'at-register', register: RSP, offset: 168 },
    registers: [[RBX, { kind: 'at-register', register: RSP, offset: 128 }]],
  });
});

// A CFA that is loaded twice, and return addresses that are computed from what was loaded or from a register.
test.each([
  { shape: 'CFA = **rsp', program: [0x0f, 4, 0x77, 0, 0x06, 0x06] },
  { shape: 'CFA = *rsp + 8', program: [0x0f, 5, 0x77, 0, 0x06, 0x23, 8] },
  { shape: 'rip = rbx + 64', program: [0x16, RIP, 3, 0x73, 0xc0, 0] },
  { shape: 'rip = CFA + 8', program: [0x14, RIP, 1] },
  { shape: 'rip = rsp', program: [0x09, RIP, RSP] },
  { shape: 'rip at **rbx', program: [0x10, RIP, 4, 0x73, 0, 0x06, 0x06] },
])('a rule of another shape is dropped: $shape', ({ program }) => {
  const { form, dropped } = open(section(program));
  expect(dropped).toBe(1);
  expect(form.unwindAt(0x100)).toBeNull();
});

test('whatever a section holds, it is read to its end or refused with the closed error', () => {
  const sound = section([0x41, 0x0e, 16, 0x80 | RBP, 2, 0x43, 0x0d, RBP]);
  const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(changes, fc.uint8Array({ maxLength: 200 }), fc.boolean(), (places, noise, random) => {
      const bytes = random ? Buffer.from(noise) : Buffer.from(sound);
      if (!random) for (const [at, value] of places) bytes[at] = value;
      try {
        open(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(SymbolsError);
      }
    }),
    { numRuns: 2000 },
  );
});
