import type { WalkResult } from '@crashkeep/walk';

type Thread = WalkResult['threads'][number];

/** How a frame was found where no unwind data told. */
const GUESSED: ReadonlySet<Thread['frames'][number]['t']> = new Set(['scan', 'cfi_scan', 'frame_pointer']);

/**
 * Whether unwind data of these modules, by ordinal, would have been asked where the walk guessed: for a caller that was found by
 * scanning or by frame pointer out of one of them, or where a thread ends in its first frame there.
 */
export function hasGuessedFrames(result: WalkResult, modules: ReadonlySet<number>): boolean {
  return result.threads.some(({ frames }) =>
    frames.some(({ m }, i) => {
      if (m === null || !modules.has(m)) return false;
      const caller = frames[i + 1];
      return caller === undefined ? i === 0 : GUESSED.has(caller.t);
    }),
  );
}
