import type { LenientFrame } from '@crashkeep/report';
import { isRuntimeFrame } from './runtime-frames.js';

/** A row of a trace: one frame, a run of runtime frames, or a cycle that the stack went through many times. */
export type FrameRow =
  | { readonly kind: 'frame'; readonly frame: LenientFrame }
  | { readonly kind: 'runtime'; readonly frames: readonly LenientFrame[] }
  | {
      readonly kind: 'repeat';
      readonly frames: readonly LenientFrame[];
      readonly cycle: number;
      readonly times: number;
    };

const RUNTIME_LEAST = 2;
const CYCLE_MOST = 8;
const TIMES_LEAST = 3;

/** What a frame is, for telling two calls of one place apart from two places: a recursive call may return to several lines. */
export function placeOf(frame: LenientFrame): string {
  return `${String(frame.module_index)}!${frame.function ?? frame.module_offset ?? ''}`;
}

/** The crashing frame is never folded. Each frame is in exactly one row, in order. */
export function foldFrames(frames: readonly LenientFrame[]): readonly FrameRow[] {
  const rows: FrameRow[] = [];
  let at = 0;
  while (at < frames.length) {
    const row = repeatAt(frames, at) ?? runtimeAt(frames, at) ?? frameAt(frames, at);
    if (row === null) break;
    rows.push(row);
    at += row.kind === 'frame' ? 1 : row.frames.length;
  }
  return rows;
}

function frameAt(frames: readonly LenientFrame[], at: number): FrameRow | null {
  const frame = frames[at];
  return frame === undefined ? null : { kind: 'frame', frame };
}

function runtimeAt(frames: readonly LenientFrame[], at: number): FrameRow | null {
  if (at === 0) return null;
  let end = at;
  while (end < frames.length && isRuntime(frames[end]) && repeatAt(frames, end) === null) end += 1;
  return end - at < RUNTIME_LEAST ? null : { kind: 'runtime', frames: frames.slice(at, end) };
}

function isRuntime(frame: LenientFrame | undefined): boolean {
  return frame !== undefined && isRuntimeFrame(frame);
}

/** The shortest cycle that begins here and is gone through three times or more. */
function repeatAt(frames: readonly LenientFrame[], at: number): FrameRow | null {
  if (at === 0) return null;
  for (let cycle = 1; cycle <= CYCLE_MOST; cycle += 1) {
    let end = at + cycle;
    while (end < frames.length && samePlace(frames[end], frames[end - cycle])) end += 1;
    const times = Math.floor((end - at) / cycle);
    if (times >= TIMES_LEAST) return { kind: 'repeat', frames: frames.slice(at, at + times * cycle), cycle, times };
  }
  return null;
}

function samePlace(one: LenientFrame | undefined, other: LenientFrame | undefined): boolean {
  return one !== undefined && other !== undefined && placeOf(one) === placeOf(other);
}
