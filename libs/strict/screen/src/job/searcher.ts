import { proveSchedule } from '../aes/prove-schedule.js';
import { forEachSchedule } from '../aes/schedule-candidates.js';
import type { Span, Window } from '../frame/window.js';
import type { ScanMemory } from '../kernels/scan-memory.js';
import { addCountedNumber, NUMBER_COUNTS } from '../rsa/counted-numbers.js';
import { forEachLimbRun } from '../rsa/limb-runs.js';
import { addRunNumbers } from '../rsa/number-candidates.js';
import { PREKEY_CHUNKS } from '../ssh/shielded-keys.js';
import { AnchorSet } from '../text/anchor-set.js';
import { ANCHOR_TABLE } from './anchor-table.js';
import { Budget } from './coverage.js';
import { type Job, sightingIn } from './job.js';

/** Bytes that the looks of one detector may cost a job: a few seconds at the worst. */
const MOST_WORK = 512 * 1024 * 1024;
const MOST_SCHEDULES = 20_000;
/** One candidate costs a dozen comparisons. */
const MOST_SCHEDULE_TESTS = 2_000_000;
const FEWEST_COUNT = Math.min(...NUMBER_COUNTS);

/** Built once a process: some milliseconds. */
let anchors: AnchorSet | null = null;

/** The first pass: every detector over one span, candidates into the pools, what proves itself into the book. */
export class Searcher {
  readonly #job: Job;
  readonly #anchors: AnchorSet;
  readonly #work = new Map<string, Budget>();
  readonly #schedules: Budget;
  readonly #scheduleTests: Budget;
  readonly #countsAt: number;

  constructor(job: Job, memory: ScanMemory) {
    this.#job = job;
    this.#anchors = anchors ??= new AnchorSet(ANCHOR_TABLE.map(({ pattern }) => pattern));
    const countsFrom = this.#anchors.load(memory);
    markCounts(memory.table.subarray(countsFrom));
    this.#countsAt = memory.tableAt + countsFrom;
    this.#schedules = new Budget(job.coverage, 'aes-schedule', 'finding-budget', MOST_SCHEDULES);
    this.#scheduleTests = new Budget(job.coverage, 'aes-schedule', 'work-budget', MOST_SCHEDULE_TESTS);
    for (const { detector } of ANCHOR_TABLE) {
      if (!this.#work.has(detector)) {
        this.#work.set(detector, new Budget(job.coverage, detector, 'work-budget', MOST_WORK));
      }
    }
  }

  search(window: Window, span: Span): void {
    const job = this.#job;
    job.enter('anchors');
    this.#searchAnchors(window, span);
    job.enter('schedules');
    this.#searchSchedules(window, span);
    job.enter('limbs');
    forEachLimbRun(window, span, (run) => {
      addRunNumbers(window, run, job.numbers);
      job.scalars.addRun(window, run);
    });
    this.#searchCounted(window, span);
    job.enter('frame');
  }

  #searchAnchors(window: Window, span: Span): void {
    this.#anchors.scan(window, span, (pattern, at) => {
      const anchor = ANCHOR_TABLE[pattern];
      if (anchor === undefined || this.#work.get(anchor.detector)?.spend(anchor.cost) !== true) return;
      anchor.inspect(window, at, this.#job);
    });
  }

  #searchSchedules(window: Window, span: Span): void {
    let provenTo = 0;
    forEachSchedule(window, span, (candidate) => {
      if (4 * candidate.at < provenTo || !this.#scheduleTests.spend()) return;
      const proven = proveSchedule(window, candidate);
      if (proven === null || !this.#schedules.spend()) return;
      provenTo = proven.to;
      const sighting = sightingIn(window, 'aes-schedule', 4, proven);
      this.#job.book.record({ type: 'aes', key: proven.key }, sighting);
    });
  }

  /** Lengths with something behind them: numbers of Java and Python, pre-keys of OpenSSH. */
  #searchCounted(window: Window, span: Span): void {
    const { memory, words } = window;
    memory.search(
      (span.from + 3) & ~3,
      Math.min((span.to + 3) & ~3, window.to & ~3),
      (from, to, out) =>
        memory.kernels.countedWords(from, to, FEWEST_COUNT, PREKEY_CHUNKS.to - FEWEST_COUNT, this.#countsAt, out),
      (at) => {
        if ((words[at >> 2] ?? 0) >= PREKEY_CHUNKS.from) this.#job.shields.addBehind(window, at);
        else addCountedNumber(window, at, this.#job.numbers, this.#job.scalars);
      },
    );
  }
}

/** One bit a value that tells of something. */
function markCounts(set: Uint8Array): void {
  const mark = (value: number) => (set[value >>> 3] = (set[value >>> 3] ?? 0) | (1 << (value & 7)));
  NUMBER_COUNTS.forEach(mark);
  for (let size = PREKEY_CHUNKS.from; size <= PREKEY_CHUNKS.to; size++) mark(size);
}
