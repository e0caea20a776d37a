const MINUTE_MS = 60_000;
const KEYS_MAX = 10_000;

/**
 * Counts refusals by person in one process's memory. Who is refused more often than this in a minute is not looked at again
 * until the minute is over: a flood must neither fill the ledger nor slow others down.
 */
export class RefusalMeter {
  readonly #perMinute: number;
  readonly #counts = new Map<string, { since: number; count: number }>();

  constructor(perMinute = 60) {
    this.#perMinute = perMinute;
  }

  isCalm(person: string, now = Date.now()): boolean {
    const known = this.#counts.get(person);
    return known === undefined || now - known.since >= MINUTE_MS || known.count < this.#perMinute;
  }

  refused(person: string, now = Date.now()): void {
    const known = this.#counts.get(person);
    if (known !== undefined && now - known.since < MINUTE_MS) {
      known.count += 1;
      return;
    }
    // A flood of made-up persons must not fill the memory: the oldest goes.
    const oldest = this.#counts.keys().next();
    if (this.#counts.size >= KEYS_MAX && oldest.done !== true) this.#counts.delete(oldest.value);
    this.#counts.delete(person);
    this.#counts.set(person, { since: now, count: 1 });
  }
}
