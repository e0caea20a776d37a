import { type ByteSource, SnapshotError } from '@crashkeep/snapshot';
import { controlsHold, makeControls } from './controls/controls.js';
import { WithControls } from './controls/with-controls.js';
import { addCopies } from './copies/copy-table.js';
import { PatternTable } from './copies/pattern-table.js';
import { cutRun } from './frame/cut-run.js';
import { joinRegions, type RegionRun, type ScreenRegion } from './frame/region-run.js';
import { type ReadAccount, readWindows, WindowBuffer } from './frame/read-windows.js';
import type { Span, Window } from './frame/window.js';
import { CaseBook } from './job/case-book.js';
import { Coverage, type Skip, type SkipReason } from './job/coverage.js';
import { DETECTOR_SET } from './job/detector.js';
import type { Finding } from './job/finding.js';
import type { Job, Stage } from './job/job.js';
import { Searcher } from './job/searcher.js';
import { NumberPool } from './rsa/number-pool.js';
import { proveNumbers } from './rsa/prove-numbers.js';
import { ScalarPool } from './ec/scalar-pool.js';
import { ShieldPool } from './ssh/shielded-keys.js';
import type { ScanMemory } from './kernels/scan-memory.js';
import { answerProbe } from './probe/answer-probe.js';
import { addProbes, type Probe } from './probe/probe-table.js';

/** Of eight bytes: what the later passes look for at once. */
const MOST_WINDOWS = 1_000_000;

export interface ScreenOptions {
  /** Keys the fingerprints; without one there are none. */
  readonly fingerprintKey?: Uint8Array;
  /** Bytes that a job reads at most in each pass; a file may claim to hold the same bytes many times. */
  readonly mostBytes?: number;
  /** Fresh bytes of a window; a multiple of a page. Tests make it small. */
  readonly windowBytes?: number;
  /** What each of the passes may take. What a pass did not reach is left out of the next ones, too. */
  readonly passMilliseconds?: number;
  /** Told as each stage begins, many times a job: for benches. */
  readonly onStage?: (stage: Stage) => void;
}

export interface ScreenResult {
  readonly status: 'complete' | 'partial' | 'failed';
  /** Version of the set of detectors. */
  readonly detectors: number;
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
  /** What a pass or more did not get through: nobody knows what is there. */
  readonly unsearched: readonly ScreenRegion[];
  /** Bytes of all regions, what of them was read, and what of that was constant and needed no search. */
  readonly claimedBytes: number;
  readonly readBytes: number;
  readonly constantBytes: number;
}

/** Screens regions of `source`, which is read three times at most, front to back; no more of it than one window is held. */
export function screen(
  source: ByteSource,
  regions: readonly ScreenRegion[],
  options: ScreenOptions = {},
): ScreenResult {
  const coverage = new Coverage();
  const book = new CaseBook(coverage);
  const job: Job = {
    enter: options.onStage ?? (() => undefined),
    book,
    coverage,
    numbers: new NumberPool(coverage),
    scalars: new ScalarPool(),
    shields: new ShieldPool(coverage),
  };
  const { runs, missingBytes } = joinRegions(regions, source.size);
  const controls = makeControls();
  const control = { address: null, offset: source.size, size: controls.bytes.length };
  if (missingBytes > 0) coverage.skip('frame', 'beyond-file', missingBytes);
  const pass = new Pass(
    new WithControls(source, controls.bytes),
    { ...control, pieces: [control], starts: [0] },
    runs,
    coverage,
    options,
  );
  pass.keepWithin(options.mostBytes ?? 2 * source.size + 2 ** 26);
  try {
    const account = findAndProve(job, pass, source.size);
    const holds = controlsHold(controls, book.takeFrom(source.size));
    return {
      status: !holds ? 'failed' : coverage.skips.length > 0 ? 'partial' : 'complete',
      detectors: DETECTOR_SET,
      findings: book.findings(options.fingerprintKey ?? null),
      skipped: coverage.skips,
      unsearched: pass.unsearched,
      claimedBytes: regions.reduce((sum, { size }) => sum + size, 0),
      ...account,
    };
  } finally {
    pass.wipe();
  }
}

function findAndProve(job: Job, pass: Pass, controlsAt: number): ReadAccount {
  const searcher = new Searcher(job, pass.memory);
  const account = pass.over((window, span) => {
    searcher.search(window, span);
  });
  job.enter('rsa');
  const lonePrimes = proveNumbers(job);
  const known = job.book.secrets(controlsAt);
  const table = new PatternTable<Probe>(MOST_WINDOWS);
  addCopies(table, known, job.coverage);
  job.enter('curves');
  const searchedBytes = account.readBytes - account.constantBytes;
  addProbes(table, job, lonePrimes, { searchedBytes, controlsAt });
  searchTable(job, pass, table, false);
  // What that proved has copies of its own.
  const proven = job.book.secrets(controlsAt).filter(({ secret }) => !known.some((one) => one.secret === secret));
  const last = new PatternTable<Probe>(MOST_WINDOWS / 4);
  addCopies(last, proven, job.coverage);
  searchTable(
    job,
    pass,
    last,
    proven.every(({ isControl }) => isControl),
  );
  return account;
}

function searchTable(job: Job, pass: Pass, table: PatternTable<Probe>, isOfControls: boolean): void {
  if (table.isEmpty) return;
  table.load(pass.memory);
  pass.over((window, span) => {
    job.enter('copies');
    table.scan(window, span, (match) => {
      answerProbe(window, match, job);
    });
    job.enter('frame');
  }, isOfControls);
}

/** One reading of all runs. */
class Pass {
  readonly unsearched: ScreenRegion[] = [];
  readonly #source: ByteSource;
  readonly #control: RegionRun;
  #runs: readonly RegionRun[];
  readonly #coverage: Coverage;
  readonly #buffer: WindowBuffer;
  readonly #milliseconds: number;

  constructor(
    source: ByteSource,
    control: RegionRun,
    runs: readonly RegionRun[],
    coverage: Coverage,
    { windowBytes, passMilliseconds }: ScreenOptions,
  ) {
    this.#source = source;
    this.#control = control;
    this.#runs = runs;
    this.#coverage = coverage;
    this.#buffer = new WindowBuffer(windowBytes);
    this.#milliseconds = passMilliseconds ?? Number.POSITIVE_INFINITY;
  }

  /** Leaves out the runs that `most` bytes in all do not reach. */
  keepWithin(most: number): void {
    let left = most;
    this.#runs = this.#runs.filter((run) => {
      if (run.size <= left) {
        left -= run.size;
        return true;
      }
      this.#leaveOut(run, 0, 'byte-budget');
      return false;
    });
  }

  get memory(): ScanMemory {
    return this.#buffer.memory;
  }

  over(visit: (window: Window, span: Span) => void, controlsAlone = false): ReadAccount {
    const account: ReadAccount = { readBytes: 0, constantBytes: 0 };
    // The controls first, so that no budget is spent before them; they are not counted.
    this.#read(this.#control, { ...account }, visit, Number.POSITIVE_INFINITY);
    if (controlsAlone) return account;
    const end = performance.now() + this.#milliseconds;
    this.#runs = this.#runs.flatMap((run) => this.#read(run, account, visit, end) ?? []);
    return account;
  }

  /** What of the run was gone through. */
  #read(
    run: RegionRun,
    account: ReadAccount,
    visit: (window: Window, span: Span) => void,
    end: number,
  ): RegionRun | null {
    const before = account.readBytes;
    let searched = 0;
    try {
      for (const window of readWindows(this.#source, run, this.#buffer, account)) {
        if (performance.now() > end) return this.#leaveOut(run, searched, 'time-budget');
        for (const span of window.fresh) visit(window, span);
        searched = account.readBytes - before;
      }
      return run;
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      return this.#leaveOut(run, account.readBytes - before, 'unreadable');
    }
  }

  #leaveOut(run: RegionRun, searched: number, reason: SkipReason): RegionRun | null {
    const { head, tail } = cutRun(run, searched);
    this.#coverage.skip('frame', reason, run.size - searched);
    this.unsearched.push(...tail);
    return head;
  }

  wipe(): void {
    this.#buffer.memory.wipe();
  }
}
