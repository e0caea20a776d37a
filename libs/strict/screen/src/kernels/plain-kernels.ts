import { hashOfEight, hashOfFour, rehash } from './hash.js';
import type { Kernels } from './kernels.js';

const PAGE_WORDS = 1024;

/** The kernels without WebAssembly: what they mean, and what runs where SIMD is absent. A third to a tenth as fast. */
export function plainKernels(buffer: ArrayBuffer): Kernels {
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const results = new Uint32Array(buffer);
  const wordAt = (at: number): number =>
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  const isSet = (set: number, bit: number): boolean => ((bytes[set + (bit >>> 3)] ?? 0) & (1 << (bit & 7))) !== 0;
  const isRandom = (at: number): boolean => {
    const low = words[at >> 2] ?? 0;
    const high = words[(at >> 2) + 1] ?? 0;
    const top = high >>> 16;
    return top !== 0 && top !== 0xffff && low !== high;
  };
  const isText = (at: number): boolean => (((words[at >> 2] ?? 0) | (words[(at >> 2) + 1] ?? 0)) & 0x80808080) === 0;

  return {
    constantPages(page, pages, out) {
      for (let i = 0; i < pages; i++) {
        const first = (page >> 2) + i * PAGE_WORDS;
        let at = first + 1;
        while (at < first + PAGE_WORDS && words[at] === words[first]) at++;
        bytes[out + i] = at === first + PAGE_WORDS ? 1 : 0;
      }
    },

    anchorPlaces(from, to, masks, filter, shift, out) {
      let count = out >> 2;
      for (let at = from; at < to; at++) {
        let groups = 255;
        for (let i = 0; i < 3; i++) {
          const byte = bytes[at + i] ?? 0;
          groups &= (bytes[masks + 32 * i + (byte & 15)] ?? 0) & (bytes[masks + 32 * i + 16 + (byte >> 4)] ?? 0);
        }
        if (groups !== 0 && isSet(filter, hashOfFour(wordAt(at)) >>> shift)) results[count++] = at;
      }
      return count - (out >> 2);
    },

    scheduleWords(from, to, out) {
      let count = out >> 2;
      for (let i = from >> 2; i < to >> 2; i++) {
        if (obeysSchedule(words, i)) results[count++] = 4 * i;
      }
      return count - (out >> 2);
    },

    limbRuns(from, to, floor, end, fewest, most, out) {
      let count = out >> 2;
      let at = from;
      if (at > floor) while (at < to && isRandom(at - 8) && isRandom(at)) at += 8;
      while (at < to) {
        const start = at;
        let text = 0;
        for (; at < end && isRandom(at); at += 8) if (isText(at)) text++;
        const limbs = (at - start) / 8;
        if (limbs === 0) at += 8;
        if (limbs < fewest || limbs > most || text > Math.max(1, limbs >> 3)) continue;
        results[count++] = start;
        results[count++] = limbs;
      }
      return count - (out >> 2);
    },

    countedWords(from, to, least, range, wanted, out) {
      let count = out >> 2;
      for (let i = from >> 2; i < to >> 2; i++) {
        const value = words[i] ?? 0;
        if ((value - least) >>> 0 <= range && isSet(wanted, value)) results[count++] = 4 * i;
      }
      return count - (out >> 2);
    },

    windowPlaces(from, to, filter, shift, out) {
      let count = out >> 2;
      let low = wordAt(from - 1);
      let high = wordAt(from + 3);
      for (let at = from; at < to; at++) {
        low = (low >>> 8) | (high << 24);
        high = (high >>> 8) | ((bytes[at + 7] ?? 0) << 24);
        const hash = hashOfEight(low, high);
        if (isSet(filter, hash >>> shift) && isSet(filter, rehash(hash) >>> shift)) results[count++] = at;
      }
      return count - (out >> 2);
    },
  };
}

/** Two of the three sums that hold between the words of a key schedule, in any of its six shapes. Zeros obey every one. */
function obeysSchedule(words: Int32Array, i: number): boolean {
  const w = (k: number): number => words[i + k] ?? 0;
  const [w1, w2] = [w(1), w(2)];
  if (w1 === 0 || w2 === 0) return false;
  for (const nk of [4, 6, 8]) {
    if ((w1 ^ w(nk)) === w(nk + 1) && (w2 ^ w(nk + 1)) === w(nk + 2)) return true;
  }
  const [first, second] = [w(0) ^ w1, w1 ^ w2];
  return (
    (first === w(5) && second === w(6)) || (first === w(11) && second === w(4)) || (first === w(9) && second === w(10))
  );
}
