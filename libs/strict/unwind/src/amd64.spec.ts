import { labelAddress, stackAt, synthMinidump, type StackDrawing, type SynthMinidump } from '@crashkeep/synth';
import { expect, test } from 'vitest';
import { framesOf, walkDrawing } from './walk-drawing.testkit.js';

const APP = 0x40_0000n;
const LIBC = 0x7f00_0000_0000n;
const STACK = 0x7ffd_0000_0000n;

function dump(
  registers: Record<string, bigint>,
  stack: StackDrawing,
  platform: 'linux' | 'windows' = 'linux',
): SynthMinidump {
  return synthMinidump({ system: { cpu: 'amd64', platform } })
    .module({ name: 'app', base: APP, size: 0x1_0000 })
    .module({ name: 'libc.so.6', base: LIBC, size: 0x1_0000 })
    .thread({ id: 1, registers: { rsp: stack.address, ...registers }, stack });
}

test('CFI: the frame that the rules describe, with the registers that they restore', async () => {
  const stack = stackAt(STACK)`
           | junk                    | x2
    saved: | saved rbx -> outer      |
           | return -> app+0x220     |
           | junk                    | x3
    outer: | junk                    |
           | return -> app+0x320     |
    above: | junk                    | x4
  `;
  const frames = await walkDrawing('amd64', dump({ rip: APP + 0x110n }, stack), {
    app: [
      ...['FUNC 100 40 0 inner', 'STACK CFI INIT 100 40 .cfa: $rsp 32 + .ra: .cfa -8 + ^ $rbx: .cfa -16 + ^'],
      // Its frame hangs on rbx, which only the rules above can have restored.
      ...['FUNC 200 40 0 middle', 'STACK CFI INIT 200 40 .cfa: $rbx 16 + .ra: .cfa -8 + ^'],
      ...['FUNC 300 40 0 outer', 'STACK CFI INIT 300 40 .cfa: $rsp 8 + .ra: .undef'],
    ],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x21f cfi', 'app+0x31f cfi']);
});

test('a frame pointer chain, where there are no rules', async () => {
  const stack = stackAt(STACK)`
           | junk                      | x2
    inner: | saved rbp -> outer        |
           | return -> app+0x220       |
           | junk                      |
    outer: | saved rbp -> last         |
           | return -> libc.so.6+0x271 |
           | junk                      | x2
    last:  | 0                         |
  `;
  const frames = await walkDrawing('amd64', dump({ rip: APP + 0x110n, rbp: labelAddress(stack, 'inner') }, stack));
  expect(framesOf(frames[0])).toEqual([
    'app+0x110 context',
    'app+0x21f frame_pointer',
    'libc.so.6+0x270 frame_pointer',
  ]);
});

test('a scan passes over words that are no return addresses, and with symbols over those in no function', async () => {
  const stack = stackAt(STACK)`
    | 0x1234                |
    | data -> app+0x8000    |
    | return -> app+0x220   |
    | junk                  | x4
  `;
  const symbols = { app: ['FUNC 200 40 0 caller', 'FUNC 100 40 0 callee'] };
  const walked = dump({ rip: APP + 0x110n }, stack);
  expect(framesOf((await walkDrawing('amd64', walked, symbols))[0])).toEqual(['app+0x110 context', 'app+0x21f scan']);
  expect(framesOf((await walkDrawing('amd64', walked))[0])[1]).toBe('app+0x7fff scan');
});

test('a return address may be the end of its function: the call did not return', async () => {
  const stack = stackAt(STACK)`
    | return -> app+0x240   |
    | junk                  | x4
  `;
  const frames = await walkDrawing('amd64', dump({ rip: APP + 0x110n }, stack), {
    app: ['FUNC 200 40 0 dies', 'FUNC 100 40 0 callee'],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x110 context', 'app+0x23f scan']);
});

// gdb keeps the function that made the call; rust-minidump and Breakpad follow rbp, which is that function's own, and lose it.
test('a call through a null pointer keeps its caller, and all of the caller’s registers', async () => {
  const stack = stackAt(STACK)`
            | return -> app+0x220     |
            | junk                    | x2
    caller: | saved rbp -> outer      |
            | return -> app+0x320     |
            | junk                    | x2
    outer:  | 0                       |
            | 0                       |
  `;
  const frames = await walkDrawing('amd64', dump({ rip: 0n, rbp: labelAddress(stack, 'caller') }, stack));
  expect(framesOf(frames[0])).toEqual(['0x0 context', 'app+0x21f scan', 'app+0x31f frame_pointer']);
});

test('a Windows function without rules is a leaf', async () => {
  const stack = stackAt(STACK)`
           | return -> app+0x220     |
           | junk                    | x3
           | return -> app+0x320     |
           | junk                    | x4
  `;
  const frames = await walkDrawing('amd64', dump({ rip: APP + 0x510n }, stack, 'windows'), {
    app: [
      ...['FUNC 200 40 0 middle', 'STACK CFI INIT 200 40 .cfa: $rsp 32 + .ra: .cfa -8 + ^'],
      ...['FUNC 300 40 0 outer', 'STACK CFI INIT 300 40 .cfa: $rsp 8 + .ra: .undef', 'FUNC 500 40 0 leaf'],
    ],
  });
  expect(framesOf(frames[0])).toEqual(['app+0x510 context', 'app+0x21f cfi', 'app+0x31f cfi']);
});

test('Windows keeps rdi in calls, System V does not', async () => {
  const stack = stackAt(STACK)`
         | return -> app+0x220     |
         | junk                    | x3
    far: | junk                    |
         | return -> app+0x320     |
         | junk                    | x4
  `;
  const symbols = {
    app: [
      ...['FUNC 100 40 0 inner', 'STACK CFI INIT 100 40 .cfa: $rsp 8 + .ra: .cfa -8 + ^'],
      ...['FUNC 200 40 0 middle', 'STACK CFI INIT 200 40 .cfa: $rdi 16 + .ra: .cfa -8 + ^'],
      ...['FUNC 300 40 0 outer', 'STACK CFI INIT 300 40 .cfa: $rsp 8 + .ra: .undef'],
    ],
  };
  const registers = { rip: APP + 0x110n, rdi: labelAddress(stack, 'far') };
  const windows = await walkDrawing('amd64', dump(registers, stack, 'windows'), symbols);
  expect(framesOf(windows[0])).toEqual(['app+0x110 context', 'app+0x21f cfi', 'app+0x31f cfi']);
  const linux = await walkDrawing('amd64', dump(registers, stack), symbols);
  expect(framesOf(linux[0])[2]).toBe('app+0x31f scan');
});

test('a stack that has overflowed: its pointer lies below what was saved', async () => {
  const stack = stackAt(STACK)`
    | junk                  | x3
    | return -> app+0x220   |
    | junk                  | x4
  `;
  const dump = synthMinidump()
    .module({ name: 'app', base: APP, size: 0x1_0000 })
    .thread({ id: 1, registers: { rip: APP + 0x110n, rsp: STACK - 0x40n }, stack });
  expect(framesOf((await walkDrawing('amd64', dump))[0])).toEqual(['app+0x110 context', 'app+0x21f scan']);
});
