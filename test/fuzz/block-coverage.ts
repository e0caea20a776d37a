import { type Profiler, Session } from 'node:inspector';

/** Scripts with their blocks, as the inspector tells them. */
export type Blocks = readonly Profiler.ScriptCoverage[];

/** Which blocks of the code have run, as V8 itself counts them: the guidance of the fuzzer. */
export class BlockCoverage {
  readonly #session = new Session();
  readonly #isWatched: (url: string) => boolean;
  /** By script: which characters of it have run, ever. */
  readonly #reached = new Map<string, Uint8Array>();
  #blocks = 0;

  /** Begins to count; `isWatched` tells by its URL which code matters. */
  constructor(isWatched: (url: string) => boolean) {
    this.#isWatched = isWatched;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  }

  /** Blocks that were new when they were added. */
  get blocks(): number {
    return this.#blocks;
  }

  /** What ran since the last call. */
  take(): Blocks {
    let taken: Blocks = [];
    // The session is of this thread: its answer is here when the call returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error !== null) throw error;
      taken = result.filter(({ url }) => this.#isWatched(url));
    });
    return taken;
  }

  /** True where some of these blocks have not been added before. */
  hasMore(taken: Blocks): boolean {
    return taken.some((script) => {
      const reached = this.#reached.get(script.url) ?? new Uint8Array(0);
      return paint(script).some((ran, at) => ran === 1 && reached[at] !== 1);
    });
  }

  /** Adds blocks, and tells whether some are new. */
  add(taken: Blocks): boolean {
    const before = this.#blocks;
    for (const script of taken) {
      const painted = paint(script);
      const reached = this.#reachedOf(script.url, painted.length);
      let isInside = false;
      painted.forEach((ran, at) => {
        const isNew = ran === 1 && reached[at] !== 1;
        if (isNew) reached[at] = 1;
        if (isNew && !isInside) this.#blocks++;
        isInside = isNew;
      });
    }
    return this.#blocks > before;
  }

  #reachedOf(url: string, length: number): Uint8Array {
    const known = this.#reached.get(url) ?? new Uint8Array(0);
    if (known.length >= length) return known;
    const grown = new Uint8Array(length);
    grown.set(known);
    this.#reached.set(url, grown);
    return grown;
  }
}

/** The script's characters, 1 for what ran. Inner functions and blocks follow the outer ones, and paint over them. */
function paint({ functions }: Profiler.ScriptCoverage): Uint8Array {
  const ranges = functions.flatMap((func) => func.ranges);
  const painted = new Uint8Array(ranges.reduce((end, { endOffset }) => Math.max(end, endOffset), 0));
  for (const { startOffset, endOffset, count } of ranges) painted.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return painted;
}
