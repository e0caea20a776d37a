import type { LenientFrame } from '@crashkeep/report';
import { frameName } from '../report/frame-name.js';

/** A row of two stacks side by side: the same call on both sides, or one that only one side has. */
export interface FramePair {
  readonly left: LenientFrame | null;
  readonly right: LenientFrame | null;
}

/**
 * Two stacks side by side by their longest common subsequence (Myers 1986 solves the same problem; a report's cap of 1024
 * frames makes the plain table cheap enough). Frames are the same when they have the same name, wherever the build put it.
 */
export function alignFrames(left: readonly LenientFrame[], right: readonly LenientFrame[]): readonly FramePair[] {
  const names = { left: left.map(frameName), right: right.map(frameName) };
  const lengths = commonLengths(names.left, names.right);
  const pairs: FramePair[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const same = l < left.length && r < right.length && names.left[l] === names.right[r];
    if (same) pairs.push({ left: left[l++] ?? null, right: right[r++] ?? null });
    else if (r >= right.length || (l < left.length && at(lengths, l + 1, r) >= at(lengths, l, r + 1)))
      pairs.push({ left: left[l++] ?? null, right: null });
    else pairs.push({ left: null, right: right[r++] ?? null });
  }
  return pairs;
}

/** `[l][r]`: how many names the stacks from l and from r on have in common, in order. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let l = left.length - 1; l >= 0; l--) {
    const row = rows[l];
    for (let r = right.length - 1; row !== undefined && r >= 0; r--)
      row[r] = left[l] === right[r] ? at(rows, l + 1, r + 1) + 1 : Math.max(at(rows, l + 1, r), at(rows, l, r + 1));
  }
  return rows;
}

function at(rows: readonly Uint16Array[], l: number, r: number): number {
  return rows[l]?.[r] ?? 0;
}
