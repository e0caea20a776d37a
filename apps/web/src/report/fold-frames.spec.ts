import { expect, test } from 'vitest';
import { type FrameRow, foldFrames } from './fold-frames.js';
import { frame, stack } from './report.testbed.js';

const shape = (rows: readonly FrameRow[]): string[] =>
  rows.map((row) => {
    if (row.kind === 'frame') return row.frame.function ?? '?';
    const times = row.kind === 'repeat' ? ` x${String(row.times)}` : '';
    return `${row.kind} ${String(row.frames.length)}${times}`;
  });

test('a run of runtime frames is one row; a lone one stays', () => {
  const frames = stack('app::f', 'std::g', 'app::h', 'std::i', 'core::j', 'main', '__libc_start_main', '_start');
  expect(shape(foldFrames(frames))).toEqual(['app::f', 'std::g', 'app::h', 'runtime 2', 'main', 'runtime 2']);
});

test('the crashing frame is never folded', () => {
  expect(shape(foldFrames(stack('raise', 'abort', 'std::terminate')))).toEqual(['raise', 'runtime 2']);
  expect(shape(foldFrames(stack('f', 'f', 'f', 'f', 'f')))).toEqual(['f', 'repeat 4 x4']);
});

test('the shortest cycle counts, and what is over stays', () => {
  expect(shape(foldFrames(stack('x', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'main')))).toEqual([
    'x',
    'repeat 6 x3',
    'a',
    'main',
  ]);
});

test('two times is no cycle', () => {
  expect(shape(foldFrames(stack('x', 'a', 'b', 'a', 'b', 'main')))).toEqual(['x', 'a', 'b', 'a', 'b', 'main']);
});

test('frames without names fold within their module, not over its edge', () => {
  const frames = [
    ...stack('x', null, null, null),
    frame(4, { function: null, module: 'b', module_index: 1 }),
    frame(5, { function: null, module: null, module_index: null, module_offset: null }),
  ];
  expect(shape(foldFrames(frames))).toEqual(['x', 'nameless 3', '?', '?']);
});

test('each frame is in one row, in order, however deep the stack', () => {
  const names = Array.from({ length: 1024 }, (_, index) => ['ping', 'pong', 'std::call'][index % 3] ?? '');
  const rows = foldFrames(stack(...names));
  const back = rows.flatMap((row) => (row.kind === 'frame' ? [row.frame] : row.frames));
  expect(back.map(({ index }) => index)).toEqual(names.map((_, index) => index));
  expect(rows.length).toBeLessThan(5);
});

test('no frames, no rows', () => {
  expect(foldFrames([])).toEqual([]);
});
