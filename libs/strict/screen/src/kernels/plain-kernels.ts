import { hashOfEight, hashOfFour, rehash } from './hash.js';
import type { Kernels } from './kernels.js';

const PAGE_WORDS = 1024;

/** The kernels without WebAssembly: what they mean, and what runs where SIMD is absent. A third to a tenth as fast. */
export class PlainKernels implements Kernels {
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #results: Uint32Array;

  constructor(buffer: ArrayBuffer) {
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Int32Array(buffer);
    this.#results = new Uint32Array(buffer);
  }

  constantPages(page: number, pages: number, out: number): void {
    const words = this.#words;
    for (let i = 0; i < pages; i++) {
      const first = (page >> 2) + i * PAGE_WORDS;
      let at = first + 1;
      while (at < first + PAGE_WORDS && words[at] === words[first]) at++;
      this.#bytes[out + i] = at === first + PAGE_WORDS ? 1 : 0;
    }
  }

  anchorPlaces(from: number, to: number, masks: number, filter: number, shift: number, out: number): number {
    const bytes = this.#bytes;
    let count = out >> 2;
    for (let at = from; at < to; at++) {
      let groups = 255;
      for (let i = 0; i < 3; i++) {
        const byte = bytes[at + i] ?? 0;
        groups &= (bytes[masks + 32 * i + (byte & 15)] ?? 0) & (bytes[masks + 32 * i + 16 + (byte >> 4)] ?? 0);
      }
      if (groups !== 0 && this.#isSet(filter, hashOfFour(this.#wordAt(at)) >>> shift)) this.#results[count++] = at;
    }
    return count - (out >> 2);
  }

  scheduleWords(from: number, to: number, out: number): number {
    let count = out >> 2;
    for (let i = from >> 2; i < to >> 2; i++) if (obeysSchedule(this.#words, i)) this.#results[count++] = 4 * i;
    return count - (out >> 2);
  }

  limbRuns(
    from: number,
    to: number,
    floor: number,
    end: number,
    fewest: number,
    most: number,
    distinct: number,
    out: number,
  ): number {
    const words = this.#words;
    let count = out >> 2;
    let at = from;
    if (at > floor) while (at < to && isRandom(words, at - 8) && isRandom(words, at)) at += 8;
    while (at < to) {
      const start = at;
      let text = 0;
      for (; at < end && isRandom(words, at); at += 8) if (isText(words, at)) text++;
      const limbs = (at - start) / 8;
      if (limbs === 0) at += 8;
      if (limbs < fewest || limbs > most || text > Math.max(1, limbs >> 3)) continue;
      if (limbs <= 8 && new Set(this.#bytes.subarray(start, at)).size < distinct) continue;
      this.#results[count++] = start;
      this.#results[count++] = limbs;
    }
    return count - (out >> 2);
  }

  countedWords(from: number, to: number, least: number, range: number, wanted: number, out: number): number {
    let count = out >> 2;
    for (let i = from >> 2; i < to >> 2; i++) {
      const value = this.#words[i] ?? 0;
      if ((value - least) >>> 0 <= range && this.#isSet(wanted, value)) this.#results[count++] = 4 * i;
    }
    return count - (out >> 2);
  }

  windowPlaces(from: number, to: number, filter: number, shift: number, out: number): number {
    let count = out >> 2;
    let low = this.#wordAt(from - 1);
    let high = this.#wordAt(from + 3);
    for (let at = from; at < to; at++) {
      low = (low >>> 8) | (high << 24);
      high = (high >>> 8) | ((this.#bytes[at + 7] ?? 0) << 24);
      const hash = hashOfEight(low, high);
      if (this.#isSet(filter, hash >>> shift) && this.#isSet(filter, rehash(hash) >>> shift)) {
        this.#results[count++] = at;
      }
    }
    return count - (out >> 2);
  }

  #wordAt(at: number): number {
    const bytes = this.#bytes;
    return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
  }

  #isSet(set: number, bit: number): boolean {
    return ((this.#bytes[set + (bit >>> 3)] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

/** A limb of a large number: no pointer, no small number, no repetition. */
function isRandom(words: Int32Array, at: number): boolean {
  const low = words[at >> 2] ?? 0;
  const high = words[(at >> 2) + 1] ?? 0;
  const top = high >>> 16;
  return top !== 0 && top !== 0xffff && low !== high;
}

function isText(words: Int32Array, at: number): boolean {
  return (((words[at >> 2] ?? 0) | (words[(at >> 2) + 1] ?? 0)) & 0x80808080) === 0;
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
