import { labelAddress, stackAt, synthMinidump, type StackDrawing, type SynthMinidump } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { framesOf, walkDrawing } from './walk-drawing.testkit.js';

const APP = 0x40_0000n;
const STACK = 0xbf00_0000n;

function dump(
  registers: Record<string, bigint>,
  stack: StackDrawing,
  platform: 'linux' | 'windows' = 'windows',
): SynthMinidump {
  return synthMinidump({ system: { cpu: 'x86', platform } })
    .module({ name: 'app', base: APP, size: 0x1_0000 })
    .module({ name: 'linux-gate.so.1', base: 0xf7f0_0000n, size: 0x1000 })
    .thread({ id: 1, registers: { esp: stack.address, ...registers }, stack });
}

const PROGRAM = '$T0 $ebp = $eip $T0 4 + ^ = $ebp $T0 ^ = $esp $T0 8 + =';

test('STACK WIN frame data, then FPO that knows what its callee takes off the stack', async () => {
  const stack = stackAt(STACK, 4)`
           | junk                |
    inner: | saved ebp -> outer  |
           | return -> app+0x220 |
           | 0x1                 | x2
           | 0x2                 | x3
           | 0x3                 |
           | return -> app+0x320 |
           | junk                | x4
    outer: | 0                   |
           | 0                   |
  `;
  const frames = await walkDrawing('x86', dump({ eip: APP + 0x110n, ebp: labelAddress(stack, 'inner') }, stack), {
    app: [
      ...['FUNC 100 40 0 inner', `STACK WIN 4 100 40 0 0 8 0 4 0 1 ${PROGRAM}`],
      ...['FUNC 200 40 0 middle', 'STACK WIN 0 200 40 0 0 0 4 c 0 0 0', 'FUNC 300 40 0 outer'],
    ],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x21f cfi', 'app+0x31f cfi']);
});

test('FPO: a return address that a system call left on the stack is passed over', async () => {
  const stack = stackAt(STACK, 4)`
    | return -> app+0x110 |
    | return -> app+0x220 |
    | junk                | x4
  `;
  const frames = await walkDrawing('x86', dump({ eip: APP + 0x110n, ebp: STACK }, stack), {
    app: ['FUNC 100 40 0 inner', 'STACK WIN 0 100 40 0 0 0 0 0 0 0 0', 'FUNC 200 40 0 caller'],
  });
  expect(framesOf(frames[0]).slice(0, 2)).toEqual(['app+0x110 context', 'app+0x21f cfi']);
});

test('32-bit Linux enters system calls by a page without symbols, and leaves it by a known way', async () => {
  const stack = stackAt(STACK, 4)`
           | saved ebp -> inner  |
           | 0x1                 |
           | 0x2                 |
           | return -> app+0x220 |
           | junk                |
    inner: | 0                   |
           | return -> app+0x320 |
           | junk                | x2
  `;
  const frames = await walkDrawing('x86', dump({ eip: 0xf7f0_05e9n }, stack, 'linux'));
  expect(framesOf(frames[0])).toEqual(['linux-gate.so.1+0x5e9 context', 'app+0x21f cfi', 'app+0x31f frame_pointer']);
});

// GCC's main of 32-bit programs: `lea ecx, [esp+4]; and esp, -16; push [ecx-4]; push ebp; mov ebp, esp; push ecx`.
test('the frame pointer of a realigned frame leads to the stack pointer that its caller had', async () => {
  const stack = stackAt(STACK, 4)`
            | junk                   |
            | saved esp -> callers   |
    inner:  | 0                      |
            | return -> app+0x220    |
            | 0x1                    | x3
            | return -> app+0x220    |
    callers:| junk                   |
            | return -> app+0x320    |
            | junk                   | x2
  `;
  const frames = await walkDrawing('x86', dump({ eip: APP + 0x110n, ebp: labelAddress(stack, 'inner') }, stack), {
    app: [
      'FUNC 100 40 0 main',
      'FUNC 200 40 0 caller',
      'FUNC 300 40 0 outer',
      'STACK CFI INIT 200 40 .cfa: $esp 8 + .ra: .cfa -4 + ^',
    ],
  });
  expect(framesOf(frames[0]).slice(0, 3)).toEqual(['app+0x110 context', 'app+0x21f frame_pointer', 'app+0x31f cfi']);
});
