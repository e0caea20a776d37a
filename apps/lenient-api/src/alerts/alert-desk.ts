import {
  type LenientStore,
  type WaitingAlert,
  alertNotSent,
  alertSent,
  raiseAlerts,
  takeAlerts,
} from '@crashkeep/lenient-store';
import { type AppLogger } from '@crashkeep/platform';
import type { AlertPost } from './alert-post.js';
import { AlertPostError } from './alert-post-error.js';

const LOOK_EVERY_MS = 10_000;
const AT_ONCE = 20;

/** Looks every ten seconds for what fires, and tells it. Several consoles may do so at once: each alert is taken by one. */
export class AlertDesk {
  readonly #store: LenientStore;
  readonly #post: AlertPost;
  readonly #log: AppLogger;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(store: LenientStore, post: AlertPost, log: AppLogger) {
    this.#store = store;
    this.#post = post;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round
        .then(() => this.round())
        .catch((error: unknown) => {
          this.#log.error('alerts.round-failed', error);
        });
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
  }

  /** One look: raises, takes, tells. */
  async round(): Promise<void> {
    await raiseAlerts(this.#store.rows);
    const taken = await takeAlerts(this.#store.rows, AT_ONCE);
    await Promise.all(taken.map((alert) => this.#tell(alert)));
  }

  async #tell(alert: WaitingAlert): Promise<void> {
    try {
      await this.#post.send(alert);
      await this.#store.transaction((rows) => alertSent(rows, alert));
    } catch (error) {
      const code = error instanceof AlertPostError ? error.code : 'alerts.not-sent';
      await this.#store.transaction((rows) => alertNotSent(rows, alert, code));
      this.#log.warn('alerts.not-sent', { rule: alert.ruleId, code, tries: alert.tries });
    }
  }
}
