/** FIPS 197 in words whose lowest byte is the first: as a little-endian machine loads them. */
export const SUBSTITUTION = substitutionBox();

/** First byte of the round constant of each key group, from the second on. */
const ROUND_CONSTANTS = [1, 2, 4, 8, 16, 32, 64, 128, 0x1b, 0x36];

export type KeyWords = 4 | 6 | 8;

export const scheduleWords = (nk: KeyWords): number => 4 * (nk + 7);

/** The key group (1 = first after the key) whose constant this is, or 0 where it is none. */
export function groupOfConstant(word: number): number {
  return word > 0 && word < 256 ? ROUND_CONSTANTS.indexOf(word) + 1 : 0;
}

export function substituteWord(word: number): number {
  const box = SUBSTITUTION;
  return (
    (box[word & 255] ?? 0) |
    ((box[(word >>> 8) & 255] ?? 0) << 8) |
    ((box[(word >>> 16) & 255] ?? 0) << 16) |
    ((box[word >>> 24] ?? 0) << 24)
  );
}

const rotate = (word: number): number => (word >>> 8) | (word << 24);

/** What is added to the word `nk` before word `index` to get it, given the word just before it. */
function feedback(nk: KeyWords, index: number, before: number): number {
  if (index % nk === 0) return rotate(substituteWord(before)) ^ (ROUND_CONSTANTS[index / nk - 1] ?? 0);
  return nk === 8 && index % 8 === 4 ? substituteWord(before) : before;
}

/** The constant by which `next` follows the group `words[0..nk)`; zero-extended, so that only 1 to 0x36 means one. */
export function constantBetween(nk: KeyWords, words: Int32Array, next: number): number {
  return (next ^ (words[0] ?? 0) ^ rotate(substituteWord(words[nk - 1] ?? 0))) >>> 0;
}

/** The whole schedule from the group of `nk` words that stands at `group`: forwards, and back to the key. */
export function expandFrom(nk: KeyWords, words: Int32Array, group: number): Int32Array {
  const schedule = new Int32Array(scheduleWords(nk));
  const first = group * nk;
  schedule.set(words.subarray(0, nk), first);
  // Word i - nk is word i less the feedback of word i - 1; going down, both are known by then.
  for (let i = first + nk - 1; i >= nk; i--) {
    schedule[i - nk] = (schedule[i] ?? 0) ^ feedback(nk, i, schedule[i - 1] ?? 0);
  }
  for (let i = first + nk; i < schedule.length; i++) {
    schedule[i] = (schedule[i - nk] ?? 0) ^ feedback(nk, i, schedule[i - 1] ?? 0);
  }
  return schedule;
}

export const swapBytes = (word: number): number =>
  (word >>> 24) | ((word >>> 8) & 0xff00) | ((word & 0xff00) << 8) | (word << 24);

/** MixColumns of one column: undoes what the equivalent inverse cipher does to its middle round keys. */
export function mixColumn(word: number): number {
  const doubled = ((word & 0x7f7f7f7f) << 1) ^ (((word >>> 7) & 0x01010101) * 0x1b);
  const tripled = doubled ^ word;
  return doubled ^ rotate(tripled) ^ rotateBy(word, 16) ^ rotateBy(word, 24);
}

const rotateBy = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

export function inverseMixColumn(word: number): number {
  // MixColumns has order four.
  return mixColumn(mixColumn(mixColumn(word)));
}

function substitutionBox(): Uint8Array {
  const box = new Uint8Array(256);
  box[0] = 0x63;
  let p = 1;
  let q = 1;
  do {
    p = (p ^ (p << 1) ^ (p & 0x80 ? 0x1b : 0)) & 255;
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 255;
    if (q & 0x80) q ^= 9;
    const spread = q ^ ((q << 1) | (q >> 7)) ^ ((q << 2) | (q >> 6)) ^ ((q << 3) | (q >> 5)) ^ ((q << 4) | (q >> 4));
    box[p] = (spread ^ 0x63) & 255;
  } while (p !== 1);
  return box;
}
