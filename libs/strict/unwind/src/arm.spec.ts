import { labelAddress, stackAt, synthMinidump, type StackDrawing, type SynthMinidump } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { framesOf, walkDrawing } from './walk-drawing.testkit.js';

const APP = 0x40_0000n;
const STACK = 0x1000_0000n;
/** A pointer authentication code above 47 bits of address. */
const SIGNED = 0x5a80_0000_0000_0000n;

function dump(cpu: 'arm' | 'arm64', registers: Record<string, bigint>, stack: StackDrawing): SynthMinidump {
  return synthMinidump({ system: { cpu, platform: 'linux' } })
    .module({ name: 'app', base: APP, size: 0x1_0000 })
    .word('signed', SIGNED | (APP + 0x320n))
    .thread({ id: 1, registers: { sp: stack.address, ...registers }, stack });
}

test('arm64: a leaf leaves its stack alone; what rules and frame records hold is stripped of its signature', async () => {
  const stack = stackAt(STACK)`
            | junk                |
    record: | saved fp -> outer   |
            | signed              |
    outer:  | 0                   |
            | 0                   |
  `;
  const registers = { pc: APP + 0x110n, x30: SIGNED | (APP + 0x220n), x29: labelAddress(stack, 'record') };
  const frames = await walkDrawing('arm64', dump('arm64', registers, stack), {
    app: [
      ...['FUNC 100 40 0 leaf', 'STACK CFI INIT 100 40 .cfa: sp 0 + .ra: x30'],
      ...['FUNC 200 40 0 middle', 'FUNC 300 40 0 outer'],
    ],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x21c cfi', 'app+0x31c frame_pointer']);
});

test('arm64: an endless loop of frames that keep the stack pointer ends', async () => {
  const stack = stackAt(STACK)`
    | junk | x4
  `;
  const frames = await walkDrawing('arm64', dump('arm64', { pc: APP + 0x110n, x30: APP + 0x114n }, stack), {
    app: ['FUNC 100 40 0 loop', 'STACK CFI INIT 100 40 .cfa: sp 0 + .ra: x30 x30: x30'],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x110 cfi']);
});

test('arm64: a call through a wild pointer has its caller in the link register', async () => {
  const stack = stackAt(STACK)`
            | junk                |
    record: | 0                   |
            | return -> app+0x320 |
  `;
  const registers = { pc: 0x4141_4140n, x30: APP + 0x220n, x29: labelAddress(stack, 'record') };
  const frames = await walkDrawing('arm64', dump('arm64', registers, stack));
  expect(framesOf(frames[0])).toEqual(['0x41414140 context', 'app+0x21c scan', 'app+0x31c frame_pointer']);
});

test('arm: rules, then a scan; a leaf is left by its link register', async () => {
  const stack = stackAt(STACK, 4)`
    | junk                | x2
    | return -> app+0x321 |
    | junk                | x4
  `;
  const frames = await walkDrawing('arm', dump('arm', { pc: APP + 0x110n, lr: APP + 0x221n }, stack), {
    app: [
      ...['FUNC 100 40 0 leaf', 'STACK CFI INIT 100 40 .cfa: sp 0 + .ra: lr'],
      ...['FUNC 200 40 0 middle', 'FUNC 300 40 0 outer'],
    ],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x21f cfi', 'app+0x31f scan']);
});
