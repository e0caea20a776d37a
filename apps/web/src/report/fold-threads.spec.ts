import { expect, test } from 'vitest';
import { foldThreads, numberRanges } from './fold-threads.js';
import { frame, stack, thread } from './report.testbed.js';

const indices = (threads: readonly { readonly index: number }[]): number[] => threads.map(({ index }) => index);

test('threads with equal stacks are one group, the largest first, the crashing one apart', () => {
  const idle = (): ReturnType<typeof stack> => stack('futex_wait', 'park');
  const groups = foldThreads(
    [thread(0, stack('main')), thread(1, idle()), thread(2, idle()), thread(3, stack('crash')), thread(4, idle())],
    3,
  );
  expect(groups.map(({ threads }) => indices(threads))).toEqual([[1, 2, 4], [0]]);
});

test.each([
  ['another place in the same function', thread(1, [frame(0, { module_offset: '0x0000000000002000' })])],
  ['another way of finding it', thread(1, [frame(0, { trust: 'scan' })])],
  ['frames that were withheld', thread(1, [frame(0)], { frames_withheld: 2 })],
  ['a stack that goes on', thread(1, [frame(0)], { truncated: true })],
])('%s is another stack', (_, other) => {
  expect(foldThreads([thread(0, [frame(0)]), other], null)).toHaveLength(2);
});

test('names and ids of threads do not part them', () => {
  expect(foldThreads([thread(0, [], { name: 'a' }), thread(7, [], { name: 'b' })], null)).toHaveLength(1);
});

test.each([
  [[], ''],
  [[4], '4'],
  [[5, 4], '4, 5'],
  [[2, 4, 5, 6, 13, 7], '2, 4–7, 13'],
])('%j reads as %s', (numbers, text) => {
  expect(numberRanges(numbers)).toBe(text);
});
