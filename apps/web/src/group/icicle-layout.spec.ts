import { expect, test } from 'vitest';
import type { Icicle } from '../api/wire.js';
import { icicleBoxes } from './icicle-layout.js';

const node = (parent: number | null, text: string, count: number) => ({
  parent,
  text,
  count,
  kind: 'function' as const,
});
const ICICLE: Icicle = {
  counted: 10,
  complete: true,
  folded: 0,
  nodes: [node(null, 'crash', 8), node(null, 'abort', 2), node(0, 'parse', 6), node(2, 'main', 6)],
};

test('a box is as wide as the reports that have it, its caller lies below it', () => {
  const boxes = icicleBoxes(ICICLE, null, 0);
  const of = (text: string) => boxes.find((box) => box.text === text);
  expect(of('crash')).toMatchObject({ x: 0, width: 0.8, depth: 0 });
  expect(of('abort')?.depth).toBe(0);
  expect(of('abort')?.width).toBeCloseTo(0.2);
  expect(of('parse')?.width).toBeCloseTo(0.6);
  expect(of('main')?.depth).toBe(2);
});

test('one that is chosen fills the width, and narrow ones are left out', () => {
  expect(icicleBoxes(ICICLE, 2, 0).map(({ text, width }) => [text, width])).toEqual([
    ['parse', 1],
    ['main', 1],
  ]);
  expect(icicleBoxes(ICICLE, null, 0.5).map(({ text }) => text)).toEqual(['crash', 'parse', 'main']);
});

test('without a stack there is nothing to draw', () => {
  expect(icicleBoxes({ ...ICICLE, nodes: [] }, null, 0)).toEqual([]);
});
