import type { LenientThread } from '@crashkeep/report';
import type { NamedThread, NamedWalk } from '@crashkeep/walk';
import { discloseFrame } from './disclose-frame.js';
import type { DisclosedParts } from './disclosed-parts.js';
import type { Screen } from './screen/screen.js';
import { threadName } from './screen/thread-name.js';

/** Frames of all threads but the crashing one together: a hostile dump may claim 4,096 threads of 1,024. */
const OTHER_FRAMES_MAX = 32_768;
/** What every thread may show however many there are. */
const FRAMES_AT_LEAST = 8;

export function discloseThreads(walk: NamedWalk, parts: DisclosedParts, screen: Screen): LenientThread[] {
  const share = Math.max(FRAMES_AT_LEAST, Math.floor(OTHER_FRAMES_MAX / Math.max(1, walk.threads.length)));
  return walk.threads.map((thread, index) => {
    const most = index === parts.crashingThread ? thread.frames.length : share;
    return discloseThread(walk, thread, index, most, parts, screen);
  });
}

function discloseThread(
  walk: NamedWalk,
  thread: NamedThread,
  index: number,
  most: number,
  parts: DisclosedParts,
  screen: Screen,
): LenientThread {
  const considered = thread.frames.slice(0, most);
  const frames = considered.flatMap((frame, at) => discloseFrame(walk, frame, at, parts, screen) ?? []);
  const scannedWithheld = considered.length - frames.length;
  const overCap = thread.frames.length - considered.length;
  if (scannedWithheld > 0) screen.withhold('scanned-frames', scannedWithheld);
  if (overCap > 0) screen.withhold('frames-over-cap', overCap);
  const program = parts.mainModule === null ? null : (parts.modules[parts.mainModule]?.name ?? null);
  return {
    index,
    id: thread.id,
    name: screen.text(thread.name, (name) => threadName(name, program), 'thread-names'),
    frames,
    frames_withheld: scannedWithheld,
    truncated: thread.truncated || overCap > 0,
  };
}
