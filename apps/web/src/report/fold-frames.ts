import type { LenientFrame } from '@crashkeep/report';
import { isRuntimeFrame } from './runtime-frames.js';

/** A row of a trace: one frame, or several that say one thing together. */
export type FrameRow = { readonly kind: 'frame'; readonly frame: LenientFrame } | FoldedFrames;

/**
 * runtime: a run of frames that nobody here wrote. nameless: a run in one module without symbols. repeat: a cycle of calls that
 * the stack went through `times` times.
 */
export type FoldedFrames =
  | { readonly kind: 'runtime' | 'nameless'; readonly frames: readonly LenientFrame[] }
  | {
      readonly kind: 'repeat';
      readonly frames: readonly LenientFrame[];
      readonly cycle: number;
      readonly times: number;
    };

const RUNTIME_LEAST = 2;
const NAMELESS_LEAST = 3;
const CYCLE_MOST = 8;
const TIMES_LEAST = 3;

/** The crashing frame is never folded. Each frame is in exactly one row, in order. */
export function foldFrames(frames: readonly LenientFrame[]): readonly FrameRow[] {
  const rows: FrameRow[] = [];
  let at = 0;
  for (let frame = frames[0]; frame !== undefined; frame = frames[at]) {
    const folded = at === 0 ? null : (repeatAt(frames, at) ?? runtimeAt(frames, at) ?? namelessAt(frames, at));
    rows.push(folded ?? { kind: 'frame', frame });
    at += folded === null ? 1 : folded.frames.length;
  }
  return rows;
}

/** The shortest cycle of named calls that begins here and is gone through three times or more. */
function repeatAt(frames: readonly LenientFrame[], at: number): FoldedFrames | null {
  for (let cycle = 1; cycle <= CYCLE_MOST; cycle += 1) {
    let end = at + cycle;
    while (end < frames.length && samePlace(frames[end], frames[end - cycle])) end += 1;
    const times = Math.floor((end - at) / cycle);
    if (times >= TIMES_LEAST) return { kind: 'repeat', frames: frames.slice(at, at + times * cycle), cycle, times };
  }
  return null;
}

function samePlace(one: LenientFrame | undefined, other: LenientFrame | undefined): boolean {
  return one !== undefined && other !== undefined && one.function !== null && placeOf(one) === placeOf(other);
}

/** A recursive call may return to several lines of one function: it is the same place. */
function placeOf(frame: LenientFrame): string {
  return `${String(frame.module_index)}!${frame.function ?? ''}`;
}

function runtimeAt(frames: readonly LenientFrame[], at: number): FoldedFrames | null {
  const end = endOfRun(frames, at, (frame, index) => isRuntimeFrame(frame) && repeatAt(frames, index) === null);
  return end - at < RUNTIME_LEAST ? null : { kind: 'runtime', frames: frames.slice(at, end) };
}

function namelessAt(frames: readonly LenientFrame[], at: number): FoldedFrames | null {
  const module = frames[at]?.module_index ?? null;
  if (module === null) return null;
  const end = endOfRun(frames, at, (frame) => frame.function === null && frame.module_index === module);
  return end - at < NAMELESS_LEAST ? null : { kind: 'nameless', frames: frames.slice(at, end) };
}

function endOfRun(
  frames: readonly LenientFrame[],
  at: number,
  belongs: (frame: LenientFrame, index: number) => boolean,
): number {
  let end = at;
  for (let frame = frames[at]; frame !== undefined && belongs(frame, end); frame = frames[end]) end += 1;
  return end;
}
