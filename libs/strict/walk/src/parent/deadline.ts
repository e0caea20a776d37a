/** Milliseconds that a job has; the clock stands while the parent does work of its own that a child has to wait for. */
export class Deadline {
  /** Rejects when the time is over. */
  readonly over: Promise<never>;
  readonly #expire: () => void;
  #left: number;
  #runningSince = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, reason: () => Error) {
    this.#left = milliseconds;
    let reject: (error: Error) => void = () => undefined;
    this.over = new Promise<never>((_, rejectOver) => (reject = rejectOver));
    this.over.catch(() => undefined);
    this.#expire = () => {
      reject(reason());
    };
    this.#run();
  }

  /** Runs `work` off the clock. */
  async pausedFor<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#left -= performance.now() - this.#runningSince;
    try {
      return await work();
    } finally {
      this.#run();
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#left = Number.POSITIVE_INFINITY;
  }

  #run(): void {
    if (this.#left === Number.POSITIVE_INFINITY) return;
    this.#runningSince = performance.now();
    this.#timer = setTimeout(this.#expire, Math.max(0, this.#left));
  }
}
