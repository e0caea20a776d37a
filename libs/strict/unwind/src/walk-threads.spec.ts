import { stackAt, synthMinidump } from '@crashkeep/synth';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framesOf, walkDrawing } from './walk-drawing.testkit.js';

const APP = 0x40_0000n;
const STACK = 0x7ffd_0000_0000n;

/** A stack on which every word is a return address into `app`, so that a walk goes on as long as it may. */
function endlessStack(words: number): Uint8Array {
  const bytes = Buffer.alloc(words * 8);
  for (let i = 0; i < words; i++) bytes.writeBigUInt64LE(APP + 0x220n, i * 8);
  return bytes;
}

const app = { name: 'app', base: APP, size: 0x1_0000 };
const registers = { rip: APP + 0x110n, rsp: STACK };

test('frames are capped, for a thread and for all together, and the thread says so', async () => {
  const dump = synthMinidump()
    .module(app)
    .thread({ id: 1, registers, stack: { address: STACK, bytes: endlessStack(5000) } })
    .thread({ id: 2, registers, stack: { address: STACK + 0x100_0000n, bytes: endlessStack(8) } });
  const [first] = await walkDrawing('amd64', dump);
  expect(first).toMatchObject({ truncated: true });
  expect(first?.frames).toHaveLength(1024);
  const walked = await walkDrawing('amd64', dump, {}, { frames: 10 });
  expect(walked.map((thread) => thread.frames.length)).toEqual([10, 0]);
});

test('the words that scans look at are capped', async () => {
  const stack = { address: STACK, bytes: Buffer.alloc(4096 * 8, 0x11) };
  const dump = synthMinidump().module(app).thread({ id: 1, registers, stack });
  expect((await walkDrawing('amd64', dump, {}, { scannedWords: 100 }))[0]).toMatchObject({ truncated: true });
  expect((await walkDrawing('amd64', dump))[0]).toMatchObject({ truncated: false });
});

test('without memory there is the context frame, without a context no frame', async () => {
  const dump = synthMinidump().module(app).thread({ id: 1, registers });
  expect(framesOf((await walkDrawing('amd64', dump))[0])).toEqual(['app+0x110 context']);
});

test('a forged rule reads neither beside the stack nor across words', async () => {
  const secret = 0x7fff_0000_0000n;
  const stack = stackAt(STACK)`
    | secret -> app+0x320 |
    | junk                | x4
  `;
  const dump = synthMinidump()
    .module(app)
    .memory(secret, Buffer.from(endlessStack(4)))
    .thread({ id: 1, registers: { ...registers, rbx: secret }, stack });
  for (const rules of [
    '.cfa: $rbx 16 + .ra: .cfa -8 + ^',
    '.cfa: $rsp 9 + .ra: .cfa -8 + ^',
    '.cfa: $rsp 8 + .ra: $rbx ^',
  ])
    expect(framesOf((await walkDrawing('amd64', dump, { app: [`STACK CFI INIT 100 40 ${rules}`] }))[0])[1]).not.toBe(
      'app+0x21f cfi',
    );
});

const words = fc.array(
  fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.integer({ min: 0, max: 0x400 }).map((n) => APP + BigInt(n)),
    fc.integer({ min: 0, max: 64 }).map((n) => STACK + BigInt(n) * 8n),
  ),
  { maxLength: 64 },
);
const names = ['$rsp', '$rbp', '$rbx', '.cfa', '$rip'];
const place = fc
  .tuple(fc.constantFrom(...names), fc.integer({ min: -64, max: 64 }), fc.boolean())
  .map(([base, offset, loaded]) => `${base} ${String(offset)} +${loaded ? ' ^' : ''}`);
const rules = fc
  .tuple(place, place, fc.array(fc.tuple(fc.constantFrom('$rsp', '$rbp', '$rbx'), place), { maxLength: 3 }))
  .map(([cfa, ra, others]) =>
    [`.cfa: ${cfa}`, `.ra: ${ra}`, ...others.map(([name, of]) => `${name}: ${of}`)].join(' '),
  );

test('whatever stack and rules say, a walk ends inside its caps and every frame lies above the one before', async () => {
  await fc.assert(
    fc.asyncProperty(words, fc.array(rules, { minLength: 1, maxLength: 16 }), words, async (stack, all, values) => {
      const bytes = Buffer.alloc(stack.length * 8);
      stack.forEach((word, i) => bytes.writeBigUInt64LE(word, i * 8));
      const [rip = 0n, rbp = 0n, rbx = 0n] = values;
      const dump = synthMinidump()
        .module(app)
        .thread({ id: 1, registers: { rip, rbp, rbx, rsp: STACK }, stack: { address: STACK, bytes } });
      const records = all.map((rule, i) => `STACK CFI INIT ${(i * 64).toString(16)} 40 ${rule}`);
      const [thread] = await walkDrawing('amd64', dump, { app: records });
      // Each caller takes at least one word off the stack.
      expect(thread?.frames.length).toBeLessThanOrEqual(stack.length + 2);
    }),
    { numRuns: 300 },
  );
});
