import type { Span, Window } from '../frame/window.js';
import type { KeyWords } from './key-schedule.js';

/** Words from `at` (index into `words`) that obey the linear relations of a key schedule; nothing is proved yet. */
export interface ScheduleCandidate {
  readonly at: number;
  readonly nk: KeyWords;
  /** Last round first: what AES-NI, OpenSSL and Go keep for decryption. */
  readonly reversed: boolean;
}

/**
 * Three of four words of a round are sums of others, whatever the S-box, the byte order or InvMixColumns do: a test that
 * costs an XOR. It holds at *every* round, so that a schedule whose head was overwritten is met further on.
 * A word of a schedule is zero once in 2^32: zeros are passed over at once.
 */
export function* scheduleCandidates(window: Window, span: Span): Generator<ScheduleCandidate, void, undefined> {
  const { words } = window;
  const end = Math.min(span.to >> 2, (window.to >> 2) - 11);
  for (let i = (span.from + 3) >> 2; i < end; i++) {
    const w1 = words[i + 1] ?? 0;
    if (w1 === 0) continue;
    const w0 = words[i] ?? 0;
    const w5 = words[i + 5] ?? 0;
    const w9 = words[i + 9] ?? 0;
    const sum = w0 ^ w1;
    const hit =
      (w1 ^ (words[i + 4] ?? 0)) === w5 ||
      (w1 ^ (words[i + 6] ?? 0)) === (words[i + 7] ?? 0) ||
      (w1 ^ (words[i + 8] ?? 0)) === w9 ||
      sum === w5 ||
      sum === w9 ||
      sum === (words[i + 11] ?? 0);
    if (!hit) continue;
    const candidate = closerLook(words, i);
    if (candidate !== null) yield candidate;
  }
}

function closerLook(words: Int32Array, i: number): ScheduleCandidate | null {
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
