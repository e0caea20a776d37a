import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BufferSource } from '@crashkeep/snapshot';
import { convertBreakpadSymbols, openSymbolForm, type SymbolForm } from '@crashkeep/symbols';
import { sampleBuilder, sampleDump, sampleSymbols, stackAt, synthMinidump } from '@crashkeep/synth';
import { Canary } from './spec-kit/canary.js';
import { walkHere } from './spec-kit/walk-here.js';

const SHARED = process.env['CRASHKEEP_SHARED'] ?? fileURLToPath(new URL('../../../../../shared', import.meta.url));
const MINIDUMPS = join(SHARED, 'fixtures', 'minidumps');
const fixturesAbsent = !existsSync(MINIDUMPS);

async function sampleForms(): Promise<Map<string, SymbolForm>> {
  const forms = new Map<string, SymbolForm>();
  for (const { debugId, text } of sampleSymbols()) {
    const { form } = await convertBreakpadSymbols([Buffer.from(text)]);
    forms.set(debugId, openSymbolForm(new BufferSource(Buffer.concat(form))));
  }
  return forms;
}

/** The same file, with every byte outside `readSet` replaced. */
function scrambled(bytes: Uint8Array, readSet: readonly (readonly [number, number])[], seed: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < changed.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    changed[at] = state & 0xff;
  }
  for (const [offset, length] of readSet) changed.set(bytes.subarray(offset, offset + length), offset);
  return changed;
}

function expectNonInterference(bytes: Uint8Array, forms: ReadonlyMap<string, SymbolForm>, runs: number): void {
  const walked = walkHere(bytes, forms);
  const expected = JSON.stringify(walked);
  fc.assert(
    fc.property(fc.integer({ min: 1 }), (seed) => {
      expect(JSON.stringify(walkHere(scrambled(bytes, walked.readSet, seed), forms))).toBe(expected);
    }),
    { numRuns: runs },
  );
}

test('outside its read set, nothing of the sample changes the walk', async () => {
  const bytes = sampleBuilder()
    .memory(0x7000_0000_0000n, new Uint8Array(300_000))
    .slack(new Uint8Array(50_000))
    .bytes();
  const walked = walkHere(bytes);
  expect(walked.readSet.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(bytes.length / 4);
  expectNonInterference(bytes, new Map(), 60);
  expectNonInterference(bytes, await sampleForms(), 60);
});

test.skipIf(fixturesAbsent)(
  `outside its read set, nothing of the fixtures changes the walk${fixturesAbsent ? ' (shared fixtures are absent)' : ''}`,
  () => {
    for (const name of readdirSync(MINIDUMPS).filter((file) =>
      /^(chromium__|own__fp-|own__arm64-|nodeminidump)/.test(file),
    )) {
      const bytes = readFileSync(join(MINIDUMPS, name));
      expectNonInterference(name.endsWith('.gz') ? gunzipSync(bytes) : bytes, new Map(), 2);
    }
  },
);

test('canaries in registers, stacks, memory, annotations and slack are not in the answer', () => {
  const canary = new Canary();
  const [a = 0n, b = 0n, c = 0n, d = 0n] = canary.words();
  const bytes = synthMinidump()
    .module({ name: '/opt/app', base: 0x40_0000n, size: 0x1000, debug: { kind: 'elf', buildId: 'ab'.repeat(20) } })
    .word('canary1', a)
    .word('canary2', b)
    .word('canary3', c)
    .word('canary4', d)
    .thread({
      id: 1,
      registers: { rip: 0x40_0120n, rsp: 0x7ffd_0000n, rbp: a, rax: b, rbx: c, r12: d },
      stack: stackAt(0x7ffd_0000n)`
        | canary1               |
        | canary2               |
        | return -> /opt/app+0x140 |
        | canary3               |
        | canary4               | x8
      `,
    })
    .memory(0x5000_0000n, canary.bytes)
    .annotations({ simple: { secret: canary.bytes.toString('base64'), raw: canary.bytes.toString('latin1') } })
    .exception({ threadId: 1, code: 11, flags: 1, address: a, parameters: [b, c] })
    .slack(canary.bytes)
    .bytes();
  const answer = JSON.stringify(walkHere(bytes));
  expect(answer).toContain('"o":');
  expect(canary.isIn(answer)).toBe(false);
});

test('the canary sees what it should', () => {
  const canary = new Canary();
  const window = canary.bytes.subarray(9, 20);
  for (const encoding of ['hex', 'base64', 'latin1'] as const)
    expect(canary.isIn(`<${window.toString(encoding)}>`)).toBe(true);
  expect(canary.isIn(canary.words()[2]?.toString(16).padStart(16, '0') ?? '')).toBe(true);
  expect(canary.isIn(Buffer.from(window.toString('latin1'), 'utf16le').toString('latin1'))).toBe(true);
  expect(canary.isIn(JSON.stringify(walkHere(sampleDump())))).toBe(false);
});
