import type { Span, Window } from '../frame/window.js';
import type { KeyWords } from './key-schedule.js';

/** Words from `at` (index into `words`) that obey the linear relations of a key schedule; nothing is proved yet. */
export interface ScheduleCandidate {
  readonly at: number;
  readonly nk: KeyWords;
  /** Last round first: what AES-NI, OpenSSL and Go keep for decryption. */
  readonly reversed: boolean;
}

/** The farthest word that a relation looks at. */
const REACH_WORDS = 11;

/**
 * Three of four words of a round are sums of others, whatever the S-box, the byte order or InvMixColumns do: a test that
 * costs an XOR. It holds at *every* round, so that a schedule whose head was overwritten is met further on.
 */
export function forEachSchedule(window: Window, span: Span, visit: (candidate: ScheduleCandidate) => void): void {
  const { memory, words } = window;
  const from = ((span.from + 3) >> 2) << 2;
  const to = Math.min((span.to >> 2) << 2, ((window.to >> 2) - REACH_WORDS) << 2);
  memory.search(
    from,
    to,
    (first, end, out) => memory.kernels.scheduleWords(first, end, out),
    (at) => {
      const candidate = candidateAt(words, at >> 2);
      if (candidate !== null) visit(candidate);
    },
  );
}

/** All three relations of one shape. A word of a schedule is zero once in 2^32: zeros obey every sum and are none. */
function candidateAt(words: Int32Array, i: number): ScheduleCandidate | null {
  const w = (k: number): number => words[i + k] ?? 0;
  if (w(2) === 0 || w(3) === 0) return null;
  for (const nk of [4, 6, 8] as const) {
    if (
      w(nk) !== 0 &&
      (w(1) ^ w(nk)) === w(nk + 1) &&
      (w(2) ^ w(nk + 1)) === w(nk + 2) &&
      (w(3) ^ w(nk + 2)) === w(nk + 3)
    ) {
      return { at: i, nk, reversed: false };
    }
  }
  const sums = [w(0) ^ w(1), w(1) ^ w(2), w(2) ^ w(3)];
  const obeys = (a: number, b: number, c: number) =>
    w(a) !== 0 && sums[0] === w(a) && sums[1] === w(b) && sums[2] === w(c);
  if (w(0) === 0) return null;
  if (obeys(5, 6, 7)) return { at: i, nk: 4, reversed: true };
  if (obeys(9, 10, 11)) return { at: i, nk: 8, reversed: true };
  return obeys(11, 4, 5) ? { at: i, nk: 6, reversed: true } : null;
}
