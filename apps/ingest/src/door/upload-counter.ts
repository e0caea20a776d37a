import type { ProjectId } from '@crashkeep/ids';
import { type UploadCount, type UploadOutcome, countUploads } from '@crashkeep/lenient-store';
import type { AppLogger } from '@crashkeep/platform';
import type { StrictStore } from '@crashkeep/strict-store';

const FLUSH_MS = 2_000;

/**
 * Counts what became of uploads, by project, outcome and code, and writes the counts every two seconds: an upload waits for no
 * counter, and one row is not fought over. What was counted when a process is killed is lost; a count is no record.
 */
export class UploadCounter {
  readonly #store: StrictStore;
  readonly #log: AppLogger;
  readonly #waiting = new Map<string, UploadCount>();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: StrictStore, log: AppLogger) {
    this.#store = store;
    this.#log = log;
  }

  add(project: ProjectId, outcome: UploadOutcome, reason = ''): void {
    const key = `${project} ${outcome} ${reason}`;
    const count = (this.#waiting.get(key)?.count ?? 0) + 1;
    this.#waiting.set(key, { project, outcome, reason, count });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const counts = [...this.#waiting.values()];
    this.#waiting.clear();
    if (counts.length === 0) return;
    try {
      await countUploads(this.#store.rows, counts);
    } catch (error) {
      this.#log.error('ingest.counts-lost', error);
    }
  }
}
