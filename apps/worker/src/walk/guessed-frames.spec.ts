import type { WalkResult } from '@crashkeep/walk';
import { expect, test } from 'vitest';
import { hasGuessedFrames } from './guessed-frames.js';

type Trust = WalkResult['threads'][number]['frames'][number]['t'];

/** Frames as module and trust. */
function walkOf(...threads: (readonly [number | null, Trust])[][]): WalkResult {
  const described = threads.map((frames) => ({
    ...{ id: 1, name: null, truncated: false, stackBytes: 0 },
    frames: frames.map(([m, t]) => ({ m, o: m === null ? null : 16, t, a: null })),
  }));
  return { threads: described } as unknown as WalkResult;
}

test.each<[string, boolean, WalkResult]>([
  [
    'a caller was scanned out of the module',
    true,
    walkOf([
      [0, 'context'],
      [1, 'scan'],
    ]),
  ],
  [
    'or found by its frame pointer',
    true,
    walkOf([
      [0, 'context'],
      [1, 'frame_pointer'],
      [1, 'cfi'],
    ]),
  ],
  [
    'in whatever thread',
    true,
    walkOf(
      [
        [1, 'context'],
        [1, 'cfi'],
      ],
      [
        [1, 'context'],
        [0, 'cfi'],
        [1, 'cfi_scan'],
      ],
    ),
  ],
  ['a thread ends in its first frame', true, walkOf([[0, 'context']])],
  [
    'all was known',
    false,
    walkOf([
      [0, 'context'],
      [1, 'cfi'],
      [0, 'cfi'],
    ]),
  ],
  [
    'another module was guessed out of',
    false,
    walkOf([
      [0, 'context'],
      [1, 'cfi'],
      [0, 'scan'],
    ]),
  ],
  [
    'a place outside of all modules was',
    false,
    walkOf([
      [null, 'context'],
      [0, 'scan'],
    ]),
  ],
])('%s: %s', (_what, expected, walk) => {
  expect(hasGuessedFrames(walk, new Set([0]))).toBe(expected);
});
