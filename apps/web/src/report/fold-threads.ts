import type { LenientFrame, LenientThread } from '@crashkeep/report';

/** Threads that stand in the very same place: one row of the page. */
export interface ThreadGroup {
  readonly threads: readonly LenientThread[];
  /** The one stack of them all. */
  readonly frames: readonly LenientFrame[];
}

/** Groups of equal stacks, the largest first. The crashing thread has its own card and is not among them. */
export function foldThreads(threads: readonly LenientThread[], crashing: number | null): readonly ThreadGroup[] {
  const groups = new Map<string, LenientThread[]>();
  for (const thread of threads) {
    if (thread.index === crashing) continue;
    const key = stackKey(thread);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [thread]);
    else known.push(thread);
  }
  return [...groups.values()]
    .map((members) => ({ threads: members, frames: members[0]?.frames ?? [] }))
    .sort((a, b) => b.threads.length - a.threads.length || firstIndex(a) - firstIndex(b));
}

function stackKey({ frames, frames_withheld: withheld, truncated }: LenientThread): string {
  const places = frames.map((frame) => [frame.module, frame.module_offset, frame.function, frame.line, frame.trust]);
  return JSON.stringify([places, withheld, truncated]);
}

function firstIndex({ threads }: ThreadGroup): number {
  return threads[0]?.index ?? 0;
}

/** `2, 4–13`: numbers in ascending order, runs of three or more as ranges. */
export function numberRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => rangeText(from, to)).join(', ');
}

function rangeText(from: number, to: number): string {
  if (to === from) return String(from);
  return to === from + 1 ? `${String(from)}, ${String(to)}` : `${String(from)}–${String(to)}`;
}
