import { AccessError, READS_PER_MINUTE, READ_BYTES_PER_MINUTE } from '@crashkeep/access';

const MINUTE_MS = 60_000;
const GRANTS_MAX = 10_000;

interface Minute {
  since: number;
  reads: number;
  bytes: number;
}

/** What one grant gave in this minute, in this process's memory: a budget says how much, this says how fast. */
export class ReadPace {
  readonly #minutes = new Map<string, Minute>();

  /** Throws `access.too-fast`. */
  require(grant: string, bytes: number, now = Date.now()): void {
    const minute = this.#minuteOf(grant, now);
    if (minute.reads + 1 > READS_PER_MINUTE || minute.bytes + bytes > READ_BYTES_PER_MINUTE) {
      throw new AccessError('access.too-fast');
    }
    minute.reads += 1;
    minute.bytes += bytes;
  }

  #minuteOf(grant: string, now: number): Minute {
    const known = this.#minutes.get(grant);
    if (known !== undefined && now - known.since < MINUTE_MS) return known;
    const oldest = this.#minutes.keys().next();
    if (this.#minutes.size >= GRANTS_MAX && oldest.done !== true) this.#minutes.delete(oldest.value);
    const fresh = { since: now, reads: 0, bytes: 0 };
    this.#minutes.delete(grant);
    this.#minutes.set(grant, fresh);
    return fresh;
  }
}
