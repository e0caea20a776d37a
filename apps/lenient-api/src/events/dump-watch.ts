import type { ProjectId } from '@crashkeep/ids';
import { type DumpChange, type LenientStore, findDumpChanges } from '@crashkeep/lenient-store';
import type { AppLogger } from '@crashkeep/platform';
import { Observable } from 'rxjs';

const LOOK_MS = 1_000;
/** A writer's transaction lasts no longer: its change may show up this late with the time at which it began. */
const OVERLAP_MS = 20_000;

type Heard = (change: DumpChange) => void;

/** Looks at the table once a second while somebody listens, once for all of them. */
export class DumpWatch {
  readonly #store: LenientStore;
  readonly #log: AppLogger;
  readonly #listeners = new Map<Heard, ProjectId>();
  /** When each change was seen, by dump, state and time of change: told once. */
  readonly #told = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: LenientStore, log: AppLogger) {
    this.#store = store;
    this.#log = log;
  }

  /** Changes of a project's dumps from now on. */
  changesOf(project: ProjectId): Observable<DumpChange> {
    return new Observable((subscriber) => {
      const heard: Heard = (change) => {
        subscriber.next(change);
      };
      this.#listeners.set(heard, project);
      if (this.#listeners.size === 1) this.#start();
      return () => {
        this.#listeners.delete(heard);
        if (this.#listeners.size === 0) this.#stop();
      };
    });
  }

  #start(): void {
    const since = Date.now();
    const look = async (): Promise<void> => {
      await this.#look(since).catch((error: unknown) => {
        this.#log.error('events.look-failed', error);
      });
      if (this.#timer !== null) this.#timer = setTimeout(() => void look(), LOOK_MS);
    };
    this.#timer = setTimeout(() => void look(), LOOK_MS);
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#told.clear();
  }

  async #look(begun: number): Promise<void> {
    const now = Date.now();
    const since = new Date(Math.max(begun, now - OVERLAP_MS));
    for (const change of await findDumpChanges(this.#store.rows, [...new Set(this.#listeners.values())], since)) {
      const key = `${change.id} ${change.state} ${String(change.changedAt.getTime())}`;
      if (!this.#told.has(key)) this.#tell(change);
      this.#told.set(key, now);
    }
    for (const [key, seen] of this.#told) if (seen < now - 2 * OVERLAP_MS) this.#told.delete(key);
  }

  #tell(change: DumpChange): void {
    for (const [heard, project] of this.#listeners) if (project === change.project) heard(change);
  }
}
