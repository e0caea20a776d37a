/** How a frame was found, in words, and how far to believe it: three bars sure, one a guess. */
export interface Trust {
  readonly bars: 0 | 1 | 2 | 3;
  readonly word: string;
  readonly meaning: string;
}

const TRUSTS = new Map<string, Trust>([
  ['context', { bars: 3, word: 'context', meaning: 'Where the thread itself stood.' }],
  ['cfi', { bars: 3, word: 'unwind data', meaning: 'Computed from the module’s unwind data.' }],
  ['prewalked', { bars: 3, word: 'as recorded', meaning: 'The crash handler recorded this frame itself.' }],
  ['frame_pointer', { bars: 2, word: 'frame pointer', meaning: 'Followed by the frame pointer. Usually right.' }],
  ['cfi_scan', { bars: 2, word: 'scan, checked', meaning: 'Found on the stack and checked with unwind data.' }],
  [
    'scan',
    { bars: 1, word: 'scan', meaning: 'A word on the stack that looks like a return address. It may be stale.' },
  ],
]);

const UNKNOWN: Trust = { bars: 0, word: 'unknown', meaning: 'The walker did not say how it found this frame.' };

export function trustOf(trust: string): Trust {
  return TRUSTS.get(trust) ?? UNKNOWN;
}
