import { type ByteSource, type FileRange, isRangeOf, SnapshotError } from '@crashkeep/snapshot';
import { ANSWER_BYTES_MAX, BLOCK_BYTES, RANGES_PER_ASK } from '../wire/limits.js';
import { ReadSet } from './read-set.js';

/** The bytes of these ranges, one after the other; one round. */
export type RangeReader = (ranges: readonly FileRange[]) => Uint8Array;

/** What hints may take of an allowance: reads that nobody foresaw must find something left. */
const HINT_SHARE = 0.75;

interface BlockRun {
  /** Ordinal of the first block. */
  first: number;
  count: number;
}

/**
 * A file that the parent holds, by blocks. What costs is the round, so a miss brings `readAhead` bytes with it, and what is
 * asked ahead is asked together.
 */
export class PipeSource implements ByteSource {
  readonly size: number;
  readonly readSet = new ReadSet();
  /** Bytes that may still be fetched: for a phase that must leave something to the next. Past it reads throw, and hints are not followed. */
  allowance = Number.POSITIVE_INFINITY;
  readonly #ask: RangeReader;
  readonly #readAhead: number;
  readonly #blocks = new Map<number, Uint8Array>();
  #lastBlock = -1;
  #last: Uint8Array = new Uint8Array(0);

  /** `whole` is the file itself, where it was pushed. */
  constructor(size: number, ask: RangeReader, readAhead: number, whole: Uint8Array | null = null) {
    this.size = size;
    this.#ask = ask;
    this.#readAhead = Math.ceil(readAhead / BLOCK_BYTES);
    if (whole !== null) this.#keep({ first: 0, count: Math.ceil(size / BLOCK_BYTES) }, whole);
  }

  /** Bytes kept. */
  get keptBytes(): number {
    return this.#blocks.size * BLOCK_BYTES;
  }

  read(offset: number, length: number): Uint8Array {
    if (!isRangeOf(this.size, offset, length)) throw new SnapshotError('snapshot.out-of-range');
    this.readSet.add(offset, length);
    const first = Math.floor(offset / BLOCK_BYTES);
    const start = offset - first * BLOCK_BYTES;
    if (start + length <= BLOCK_BYTES) return this.#block(first).subarray(start, start + length);
    return this.#assemble(offset, length);
  }

  prefetch(ranges: readonly FileRange[]): void {
    const wanted = new Set<number>();
    for (const { offset, length } of ranges) {
      const end = Math.min(offset + length, this.size);
      if (offset < 0 || !(end > offset)) continue;
      for (let block = Math.floor(offset / BLOCK_BYTES); block * BLOCK_BYTES < end; block++) {
        if (!this.#blocks.has(block)) wanted.add(block);
      }
    }
    const affordable = [...wanted].slice(0, Math.floor((this.allowance * HINT_SHARE) / BLOCK_BYTES));
    if (affordable.length > 0) this.#fetch(affordable);
  }

  #assemble(offset: number, length: number): Uint8Array {
    const end = offset + length;
    if (length <= this.#readAhead * BLOCK_BYTES) this.#block(Math.floor(offset / BLOCK_BYTES));
    this.prefetch([{ offset, length }]);
    const bytes = new Uint8Array(length);
    for (let block = Math.floor(offset / BLOCK_BYTES); block * BLOCK_BYTES < end; block++) {
      const at = block * BLOCK_BYTES;
      const from = Math.max(offset, at);
      bytes.set(this.#block(block).subarray(from - at, Math.min(end - at, BLOCK_BYTES)), from - offset);
    }
    return bytes;
  }

  #block(block: number): Uint8Array {
    if (block === this.#lastBlock) return this.#last;
    let bytes = this.#blocks.get(block);
    if (bytes === undefined) {
      this.#fetch(this.#missingFrom(block));
      bytes = this.#blocks.get(block);
      if (bytes === undefined) throw new SnapshotError('snapshot.out-of-range');
    }
    this.#lastBlock = block;
    this.#last = bytes;
    return bytes;
  }

  #missingFrom(block: number): number[] {
    const missing = [block];
    const last = Math.min(block + this.#readAhead, Math.ceil(this.size / BLOCK_BYTES));
    for (let next = block + 1; next < last && !this.#blocks.has(next); next++) missing.push(next);
    return missing;
  }

  /** Neighbours become one range; ranges go together, as many as an ask may have. */
  #fetch(blocks: number[]): void {
    let runs: BlockRun[] = [];
    let bytes = 0;
    for (const block of blocks.sort((a, b) => a - b)) {
      const last = runs.at(-1);
      const adjacent = last !== undefined && last.first + last.count === block;
      if (bytes + BLOCK_BYTES > ANSWER_BYTES_MAX || (!adjacent && runs.length === RANGES_PER_ASK)) {
        this.#fetchRuns(runs);
        runs = [{ first: block, count: 1 }];
        bytes = BLOCK_BYTES;
        continue;
      }
      if (adjacent) last.count++;
      else runs.push({ first: block, count: 1 });
      bytes += BLOCK_BYTES;
    }
    this.#fetchRuns(runs);
  }

  #fetchRuns(runs: readonly BlockRun[]): void {
    if (runs.length === 0) return;
    const ranges = runs.map(({ first, count }) => {
      const offset = first * BLOCK_BYTES;
      return { offset, length: Math.min(count * BLOCK_BYTES, this.size - offset) };
    });
    const bytes = ranges.reduce((sum, { length }) => sum + length, 0);
    if (bytes > this.allowance) throw new SnapshotError('snapshot.budget-exhausted');
    this.allowance -= bytes;
    const answer = this.#ask(ranges);
    let at = 0;
    runs.forEach((run, i) => {
      const length = ranges[i]?.length ?? 0;
      this.#keep(run, answer.subarray(at, at + length));
      at += length;
    });
  }

  #keep({ first, count }: BlockRun, bytes: Uint8Array): void {
    for (let i = 0; i < count; i++) {
      this.#blocks.set(first + i, bytes.subarray(i * BLOCK_BYTES, Math.min((i + 1) * BLOCK_BYTES, bytes.length)));
    }
  }
}
