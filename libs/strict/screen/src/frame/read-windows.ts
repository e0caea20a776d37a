import type { ByteSource } from '@crashkeep/snapshot';
import { ScanMemory } from '../kernels/scan-memory.js';
import { liveSpans, PAGE_BYTES } from './live-spans.js';
import type { RegionRun } from './region-run.js';
import { partsInRun, placeInRun, type Window } from './window.js';

/** What a handler may look at before and behind a hit. The longest thing that is read as a whole is an OpenSSH pre-key or a PEM in UTF-16. */
export const BACK_BYTES = 16 * 1024;
export const AHEAD_BYTES = 64 * 1024;
const READ_BYTES = 1024 * 1024;
const SLACK_BYTES = 512;

/** Counts of what was read, for the account that a screen gives of itself. */
export interface ReadAccount {
  readBytes: number;
  constantBytes: number;
}

/** The one buffer of a job. Its size is all the dump memory that a screen holds. */
export class WindowBuffer {
  readonly memory: ScanMemory;
  readonly capacity: number;

  /** `freshBytes` is what a window brings at most; a multiple of a page. */
  constructor(freshBytes = 4 * 1024 * 1024) {
    this.capacity = BACK_BYTES + freshBytes + AHEAD_BYTES + PAGE_BYTES;
    this.memory = new ScanMemory(this.capacity + SLACK_BYTES);
  }
}

/** Reads a run once, front to back, as windows that overlap. What `source` throws passes through. */
export function* readWindows(
  source: ByteSource,
  run: RegionRun,
  buffer: WindowBuffer,
  account: ReadAccount,
): Generator<Window, void, undefined> {
  const { memory, capacity } = buffer;
  const { bytes, words } = memory;
  let from = run.address === null ? 0 : Number(run.address & BigInt(PAGE_BYTES - 1));
  let to = from;
  let freshFrom = from;
  /** Position in the run of index 0. */
  let origin = -from;
  let afterConstant = false;
  const reader = new PieceReader(source, run);
  for (;;) {
    to += reader.readInto(bytes.subarray(to, capacity));
    bytes.fill(0, to, to + SLACK_BYTES);
    const freshTo = reader.ended ? to : (to - AHEAD_BYTES) & ~(PAGE_BYTES - 1);
    const live = liveSpans(memory, freshFrom, freshTo, afterConstant);
    afterConstant = live.endsConstant;
    account.readBytes += freshTo - freshFrom;
    account.constantBytes += live.constantBytes;
    if (live.spans.length > 0) {
      const start = origin;
      yield {
        memory,
        bytes,
        words,
        from,
        to,
        fresh: live.spans,
        place: (index) => placeInRun(run, start + index),
        parts: (span) => partsInRun(run, start + span.from, span.to - span.from),
      };
    }
    if (reader.ended) return;
    const keep = Math.max(0, freshTo - BACK_BYTES);
    bytes.copyWithin(0, keep, to);
    origin += keep;
    from = Math.max(0, from - keep);
    to -= keep;
    freshFrom = freshTo - keep;
  }
}

/** The pieces of a run as one stream of bytes. */
class PieceReader {
  readonly #source: ByteSource;
  readonly #run: RegionRun;
  #piece = 0;
  #inside = 0;

  constructor(source: ByteSource, run: RegionRun) {
    this.#source = source;
    this.#run = run;
  }

  get ended(): boolean {
    return this.#piece >= this.#run.pieces.length;
  }

  /** Fills `target` as far as the run reaches; the number of bytes. */
  readInto(target: Uint8Array): number {
    let filled = 0;
    while (filled < target.length) {
      const piece = this.#run.pieces[this.#piece];
      if (piece === undefined) break;
      const length = Math.min(READ_BYTES, target.length - filled, piece.size - this.#inside);
      target.set(this.#source.read(piece.offset + this.#inside, length), filled);
      filled += length;
      this.#inside += length;
      if (this.#inside < piece.size) continue;
      this.#piece += 1;
      this.#inside = 0;
    }
    return filled;
  }
}
