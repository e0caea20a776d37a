/** Why something was not searched. */
export type SkipReason =
  /** Regions claim bytes that the file does not have. */
  | 'beyond-file'
  /** The job's budget of bytes was spent. */
  | 'byte-budget'
  /** The time of a pass was over. */
  | 'time-budget'
  /** More candidates than are tested. */
  | 'candidate-budget'
  /** Looking at candidates cost more than a job may. */
  | 'work-budget'
  /** More sightings than are kept. */
  | 'finding-budget'
  /** The source refused to give more. */
  | 'unreadable';

export interface Skip {
  /** Detector, or `frame`. */
  readonly detector: string;
  readonly reason: SkipReason;
  /** Bytes or candidates left out, by the reason; at least. */
  readonly count: number;
}

/** What a job left out, so that "not searched" is never silent. */
export class Coverage {
  readonly #skips = new Map<string, { detector: string; reason: SkipReason; count: number }>();

  skip(detector: string, reason: SkipReason, count = 1): void {
    this.counter(detector, reason).count += count;
  }

  /** The entry itself, for one who refuses millions of times. */
  counter(detector: string, reason: SkipReason): { count: number } {
    const key = `${detector} ${reason}`;
    let known = this.#skips.get(key);
    if (known === undefined) this.#skips.set(key, (known = { detector, reason, count: 0 }));
    return known;
  }

  get skips(): readonly Skip[] {
    return [...this.#skips.values()];
  }
}

/** A detector's allowance of one sort of work. Every refusal is counted. */
export class Budget {
  #left: number;
  #refused: { count: number } | null = null;
  readonly #coverage: Coverage;
  readonly #detector: string;
  readonly #reason: SkipReason;

  constructor(coverage: Coverage, detector: string, reason: SkipReason, allowance: number) {
    this.#coverage = coverage;
    this.#detector = detector;
    this.#reason = reason;
    this.#left = allowance;
  }

  /** Whether `cost` may still be spent; spends it. */
  spend(cost = 1): boolean {
    if (this.#left < cost) {
      this.#refused ??= this.#coverage.counter(this.#detector, this.#reason);
      this.#refused.count += 1;
      return false;
    }
    this.#left -= cost;
    return true;
  }
}
