import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameName } from '../report/frame-name.js';
import { stack } from '../report/report.testbed.js';
import { alignFrames } from './align-frames.js';

const line = (pairs: ReturnType<typeof alignFrames>): string[] =>
  pairs.map(({ left, right }) => `${left === null ? '·' : frameName(left)} ${right === null ? '·' : frameName(right)}`);

describe('alignFrames', () => {
  test('what both have stands in one row, what one has stands alone', () => {
    const pairs = alignFrames(stack('crash', 'parse', 'main'), stack('crash', 'retry', 'parse', 'main'));
    expect(line(pairs)).toEqual(['crash crash', '· retry', 'parse parse', 'main main']);
  });

  test('an empty stack beside another is all alone', () => {
    expect(line(alignFrames([], stack('a', 'b')))).toEqual(['· a', '· b']);
    expect(alignFrames([], [])).toEqual([]);
  });

  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 24 });

  test('no frame is lost, none is moved, and a row never joins two names', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const [left, right] = [stack(...a), stack(...b)];
        const pairs = alignFrames(left, right);
        expect(pairs.flatMap((pair) => pair.left ?? [])).toEqual(left);
        expect(pairs.flatMap((pair) => pair.right ?? [])).toEqual(right);
        for (const pair of pairs) {
          expect(pair.left === null && pair.right === null).toBe(false);
          if (pair.left !== null && pair.right !== null) expect(frameName(pair.left)).toBe(frameName(pair.right));
        }
      }),
    );
  });

  test('a stack beside itself has no row with one side', () => {
    fc.assert(
      fc.property(names, (a) => {
        expect(alignFrames(stack(...a), stack(...a)).every(({ left, right }) => left !== null && right !== null)).toBe(
          true,
        );
      }),
    );
  });
});
