import type { Window } from '../frame/window.js';
import {
  constantBetween,
  expandFrom,
  groupOfConstant,
  inverseMixColumn,
  type KeyWords,
  mixColumn,
  scheduleWords,
  swapBytes,
} from './key-schedule.js';
import type { ScheduleCandidate } from './schedule-candidates.js';

export interface ProvenSchedule {
  readonly key: Uint8Array;
  /** Bytes of the window from the first to the last word that is right. */
  readonly from: number;
  readonly to: number;
}

/** How words of a schedule lie in memory. */
interface Layout {
  readonly reversed: boolean;
  /** OpenSSL's C code and Java keep words most significant byte first. */
  readonly swapped: boolean;
  /** Middle round keys went through InvMixColumns. */
  readonly inverted: boolean;
}

/** Words beyond the key itself that must be right: 160 bits of proof. */
const PROOF_WORDS = 5;

/**
 * Takes the key group at a candidate, finds its place in the schedule by its round constant (24 bits of it are zero), runs
 * the schedule both ways and compares. What was overwritten does not count against it, as long as enough is left.
 */
export function proveSchedule(window: Window, candidate: ScheduleCandidate): ProvenSchedule | null {
  for (const swapped of [false, true]) {
    for (const inverted of candidate.reversed ? [true, false] : [false, true]) {
      const proven = proveLayout(window, candidate, { reversed: candidate.reversed, swapped, inverted });
      if (proven !== null) return proven;
    }
  }
  return null;
}

/** Where, from the candidate on, the `nk` words of a group and the first of the next group lie. */
const FORWARD_GROUP: Readonly<Record<KeyWords, readonly number[]>> = {
  4: [0, 1, 2, 3, 4],
  6: [0, 1, 2, 3, 4, 5, 6],
  8: [0, 1, 2, 3, 4, 5, 6, 7, 8],
};
const REVERSED_GROUP: Readonly<Record<KeyWords, readonly number[]>> = {
  4: [4, 5, 6, 7, 0],
  6: [10, 11, 4, 5, 6, 7, 0],
  8: [8, 9, 10, 11, 4, 5, 6, 7, 0],
};

function proveLayout(window: Window, candidate: ScheduleCandidate, layout: Layout): ProvenSchedule | null {
  const { nk, at } = candidate;
  const group = (layout.reversed ? REVERSED_GROUP : FORWARD_GROUP)[nk];
  const plain = Int32Array.from(group, (k) => plainWord(window.words[at + k] ?? 0, layout));
  const next = groupOfConstant(constantBetween(nk, plain, plain[nk] ?? 0));
  if (next === 0 || next * nk >= scheduleWords(nk)) return null;
  const schedule = expandFrom(nk, plain, next - 1);
  const first = layout.reversed ? at - 4 * (nk + 6 - (next * nk) / 4) : at - (next - 1) * nk;
  return Number.isInteger(first) ? compare(window, schedule, first, layout, nk) : null;
}

function plainWord(word: number, { swapped, inverted }: Layout): number {
  const native = swapped ? swapBytes(word) : word;
  return inverted ? mixColumn(native) : native;
}

/** Counts the words that are where they should be. Those of the first and last round are never inverted. */
function compare(
  { words, from, to }: Window,
  schedule: Int32Array,
  first: number,
  layout: Layout,
  nk: KeyWords,
): ProvenSchedule | null {
  const rounds = nk + 6;
  let right = 0;
  let firstRight = -1;
  let lastRight = -1;
  for (let k = 0; k < schedule.length; k++) {
    const place = first + k;
    if (place < from >> 2 || place >= to >> 2) continue;
    const round = layout.reversed ? rounds - (k >> 2) : k >> 2;
    const plain = schedule[4 * round + (k & 3)] ?? 0;
    const inverted = layout.inverted && round > 0 && round < rounds ? inverseMixColumn(plain) : plain;
    if ((layout.swapped ? swapBytes(inverted) : inverted) !== words[place]) continue;
    right++;
    if (firstRight < 0) firstRight = place;
    lastRight = place;
  }
  if (right < nk + PROOF_WORDS) return null;
  const key = new Uint8Array(schedule.buffer.slice(0, 4 * nk));
  return { key, from: 4 * firstRight, to: 4 * (lastRight + 1) };
}
