import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertBreakpadSymbols, openSymbolForm, registerFileOf, type SymbolForm } from '../index.js';

const AMD64 = 'MODULE Linux x86_64 4E06295628926E0919A86D741F4EE9280 app';
const X86 = 'MODULE windows x86 5A9832E5287241C1838ED98914E9B7FF1 app.pdb';
const ARM64 = 'MODULE Linux arm64 F095C969C40632EC3ED5CADEC01C8FD40 app';

async function open(...records: string[]): Promise<{ form: SymbolForm; dropped: number }> {
  const { form, dropped } = await convertBreakpadSymbols([Buffer.from(`${records.join('\n')}\n`)]);
  return { form: openSymbolForm(new BufferSource(Buffer.concat(form))), dropped: dropped.unwindRules };
}

const amd64 = registerFileOf('amd64');
const number = (name: string): number => amd64?.numberOf(name) ?? -1;

test('STACK CFI: a range and the steps in it', async () => {
  const { form } = await open(
    ...[AMD64, 'STACK CFI INIT 10 20 .cfa: $rsp 8 + .ra: .cfa -8 + ^'],
    ...['STACK CFI 11 .cfa: $rsp 16 + $rbx: .cfa -16 + ^', 'STACK CFI 2f .cfa: $rsp 8 +'],
  );
  const ra = { kind: 'at-cfa', offset: -8 };
  const first = { kind: 'cfi', returnAddress: ra, registers: [], signalFrame: false };
  const cfa = (offset: number): object => ({ kind: 'register', register: number('rsp'), offset });
  expect(form.unwindAt(0xf)).toBeNull();
  expect(form.unwindAt(0x10)).toEqual({ win: null, cfi: { ...first, cfa: cfa(8) }, atEntry: true });
  const saved = [[number('rbx'), { kind: 'at-cfa', offset: -16 }]];
  expect(form.unwindAt(0x20)).toEqual({ win: null, cfi: { ...first, cfa: cfa(16), registers: saved }, atEntry: false });
  expect(form.unwindAt(0x2f)?.cfi).toMatchObject({ cfa: cfa(8), registers: saved });
  expect(form.unwindAt(0x30)).toBeNull();
});

test('`.ra: .undef` is the outermost frame; `.ra: .ra` on ARM is the link register', async () => {
  const { form } = await open(AMD64, 'STACK CFI INIT 10 20 .cfa: $rsp 8 + .ra: .undef');
  expect(form.unwindAt(0x10)?.cfi?.returnAddress).toEqual({ kind: 'undefined' });
  const arm = await open(ARM64, 'STACK CFI INIT 10 20 .cfa: sp 0 + .ra: .ra');
  expect(arm.form.unwindAt(0x10)?.cfi?.returnAddress).toEqual({ kind: 'register', register: 30 });
});

// Each would compute with what lies on the stack, and the last ones bring what was computed into a return address.
test.each([
  '.cfa: $rsp ^ ^ .ra: .cfa -8 + ^',
  '.cfa: $rsp $rax + .ra: .cfa -8 + ^',
  '.cfa: $rsp 2 * .ra: .cfa -8 + ^',
  '.cfa: $rsp 16 @ .ra: .cfa -8 + ^',
  '.cfa: .cfa 8 + .ra: .cfa -8 + ^',
  '.cfa: 4096 .ra: .cfa -8 + ^',
  '.cfa: $rsp 8 + .ra: .cfa -8 + ^ 4194304 +',
  '.cfa: $rsp 8 + .ra: .cfa -8 + ^ 65536 /',
  '.cfa: $rsp 8 + .ra: .cfa -8 + ^ 256 %',
  '.cfa: $rsp 8 + .ra: $rax 4194304 +',
  '.cfa: $rsp 8 + .ra: .cfa 4194304 +',
  '.cfa: $rsp 8 + .ra: $rsp',
  '.cfa: $rsp 8 + .ra: 4194304',
  '.cfa: $rsp 99999999999 + .ra: .cfa -8 + ^',
])('a rule of another shape is dropped: %s', async (rules) => {
  const { form, dropped } = await open(AMD64, `STACK CFI INIT 10 20 ${rules}`);
  expect(dropped).toBe(1);
  expect(form.unwindAt(0x10)).toBeNull();
});

test('a computed register is unknown, and the rest of the rule holds', async () => {
  const { form, dropped } = await open(
    AMD64,
    'STACK CFI INIT 10 20 .cfa: $rsp 8 + .ra: .cfa -8 + ^ $rbx: $rbx 4194304 +',
  );
  expect(dropped).toBe(1);
  expect(form.unwindAt(0x10)?.cfi?.registers).toEqual([[number('rbx'), { kind: 'undefined' }]]);
});

const FRAME = 'a 2 0 4 8 c 0 1';

test('STACK WIN: the forms of frame data that linkers write', async () => {
  const at = (base: string, offset: number): object => ({ base, offset, align: 1, after: 0 });
  const { form } = await open(
    X86,
    `STACK WIN 4 10 ${FRAME} $T0 $ebp = $eip $T0 4 + ^ = $ebp $T0 ^ = $esp $T0 8 + = $L $T0 .cbSavedRegs - = $P $T0 8 + .cbParams + = $ebx $T0 12 - ^ =`,
    `STACK WIN 4 30 ${FRAME} $T2 $esp .cbLocals + .cbSavedRegs + = $T0 .raSearchStart = $eip $T0 ^ = $esp $T0 4 + =`,
  );
  expect(form.unwindAt(0x12)?.win).toMatchObject({
    ...{ kind: 'win-frame', parameterBytes: 4, savedBytes: 8, localBytes: 12, realigned: false },
    ...{ returnAddressAt: at('ebp', 4), stackPointer: at('ebp', 8), ebp: at('ebp', 0), ebx: at('ebp', -12), esi: null },
  });
  expect(form.unwindAt(0x32)?.win).toMatchObject({
    ...{ returnAddressAt: at('ra-search', 0), stackPointer: at('ra-search', 4), ebp: null, ebx: null },
  });
});

test('STACK WIN: a realigned frame', async () => {
  const { form } = await open(
    X86,
    `STACK WIN 4 10 ${FRAME} $T1 .raSearch = $T0 $T1 4 - 8 @ = $ebp $T1 4 - ^ = $eip $T1 ^ = $esp $T1 4 + = $ebx $T0 16 - ^ =`,
  );
  expect(form.unwindAt(0x12)?.win).toMatchObject({
    ...{ realigned: true, ebx: { base: 'ra-search', offset: -4, align: 8, after: -16 } },
    returnAddressAt: { base: 'ra-search', offset: 0, align: 1, after: 0 },
  });
});

test.each([
  '$eip $esp 4 + = $esp $esp 8 + =',
  '$eip $esp ^ ^ = $esp $esp 8 + =',
  '$eip $esp ^ 4194304 + = $esp $esp 8 + =',
  '$T0 $esp ^ = $eip $T0 ^ = $esp $esp 8 + =',
  '$eip $esp ^ = $esp $esp ^ =',
  '$eip $esp ^ 16 @ = $esp $esp 8 + =',
  '$eip $esp 2 * ^ = $esp $esp 8 + =',
])('a STACK WIN program of another form is dropped: %s', async (program) => {
  const { form, dropped } = await open(X86, `STACK WIN 4 10 ${FRAME} ${program}`);
  expect(dropped).toBe(1);
  expect(form.unwindAt(0x12)).toBeNull();
});

test('STACK WIN: frame data goes before FPO, and a record ends the one before it', async () => {
  const program = '$T0 $ebp = $eip $T0 4 + ^ = $ebp $T0 ^ = $esp $T0 8 + =';
  const { form } = await open(
    ...[X86, 'STACK WIN 0 10 40 0 0 4 8 c 0 0 1'],
    ...[`STACK WIN 4 20 20 0 0 0 0 0 0 1 ${program}`, `STACK WIN 4 24 1c 0 0 10 0 0 0 1 ${program}`],
  );
  expect(form.unwindAt(0x10)?.win).toMatchObject({ kind: 'win-fpo', savesEbp: true });
  expect(form.unwindAt(0x22)?.win).toMatchObject({ kind: 'win-frame', parameterBytes: 0 });
  expect(form.unwindAt(0x26)?.win).toMatchObject({ kind: 'win-frame', parameterBytes: 16 });
  expect(form.unwindAt(0x48)?.win?.kind).toBe('win-fpo');
});

const token = fc.constantFrom(
  ...'.cfa: .ra: $rbx: $rip: .cfa .ra .undef $rsp $rbp $rax ^ + - * / % @ = $T0 $eip $esp .raSearch'.split(' '),
  ...['0', '8', '-8', '16', '4294967296', '99999999999999999999', 'x19', '::', ':'],
);
const program = fc.array(token, { maxLength: 24 }).map((tokens) => tokens.join(' '));
const place = fc.integer({ min: 0, max: 64 }).map((n) => n.toString(16));
const record = fc.oneof(
  fc.tuple(fc.constantFrom('STACK CFI INIT', 'STACK CFI', 'FUNC', 'FUNC m', 'PUBLIC', ''), place, place, program),
  fc.tuple(fc.constantFrom('STACK WIN 4', 'STACK WIN 0'), place, place, fc.constant('0 0 0 0 0 0 1'), program),
  fc.tuple(
    fc.constantFrom('INLINE', 'INLINE_ORIGIN', 'FILE', 'INFO', 'MODULE'),
    place,
    place,
    place,
    place,
    place,
    place,
  ),
  fc.tuple(fc.string({ unit: 'binary', maxLength: 30 })),
);

test('whatever stands in a symbol file, it converts, reads and says nothing that has no shape', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(AMD64, X86, ARM64),
      fc.array(record, { maxLength: 30 }),
      async (module, records) => {
        const { form } = await open(module, ...records.map((fields) => fields.join(' ')));
        for (let offset = 0; offset < 130; offset++) {
          form.functionAt(offset);
          form.describe(offset);
          const cfi = form.unwindAt(offset)?.cfi;
          if (cfi != null) expect(['at-cfa', 'at-register', 'register', 'undefined']).toContain(cfi.returnAddress.kind);
        }
      },
    ),
    { numRuns: 300 },
  );
});
