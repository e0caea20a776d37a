import { proveSchedule } from '../aes/prove-schedule.js';
import { scheduleCandidates } from '../aes/schedule-candidates.js';
import type { Span, Window } from '../frame/window.js';
import { addCountedNumbers } from '../rsa/counted-numbers.js';
import { forEachLimbRun } from '../rsa/limb-runs.js';
import { addRunNumbers } from '../rsa/number-candidates.js';
import { AnchorDfa } from '../text/anchor-dfa.js';
import { ANCHOR_TABLE } from './anchor-table.js';
import { Budget } from './coverage.js';
import { type Job, sightingIn } from './job.js';

/** Bytes that the looks of one detector may cost a job: a few seconds at the worst. */
const MOST_WORK = 512 * 1024 * 1024;
const MOST_SCHEDULES = 20_000;
/** One candidate costs a dozen comparisons. */
const MOST_SCHEDULE_TESTS = 2_000_000;

/** Built once a process: 2 MB, and some milliseconds. */
let automaton: AnchorDfa | null = null;

/** The first pass: every detector over one span, candidates into the pools, what proves itself into the book. */
export class Searcher {
  readonly #job: Job;
  readonly #dfa: AnchorDfa;
  readonly #work = new Map<string, Budget>();
  readonly #schedules: Budget;
  readonly #scheduleTests: Budget;

  constructor(job: Job) {
    this.#job = job;
    this.#dfa = automaton ??= new AnchorDfa(ANCHOR_TABLE.map(({ pattern }) => pattern));
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
    this.#searchAnchors(window, span);
    this.#searchSchedules(window, span);
    forEachLimbRun(window, span, (run) => {
      addRunNumbers(window, run, job.numbers);
      job.scalars.addRun(window, run);
    });
    addCountedNumbers(window, span, job.numbers);
    job.shields.addFrom(window, span);
  }

  #searchAnchors(window: Window, span: Span): void {
    this.#dfa.scan(window, span, (pattern, at) => {
      const anchor = ANCHOR_TABLE[pattern];
      if (anchor === undefined || this.#work.get(anchor.detector)?.spend(anchor.cost) !== true) return;
      anchor.inspect(window, at, this.#job);
    });
  }

  #searchSchedules(window: Window, span: Span): void {
    let provenTo = 0;
    for (const candidate of scheduleCandidates(window, span)) {
      if (4 * candidate.at < provenTo) continue;
      if (!this.#scheduleTests.spend()) return;
      const proven = proveSchedule(window, candidate);
      if (proven === null || !this.#schedules.spend()) continue;
      provenTo = proven.to;
      const sighting = sightingIn(window, 'aes-schedule', 4, proven);
      this.#job.book.record({ type: 'aes', key: proven.key }, sighting);
    }
  }
}
