import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RecipientWatch } from '../recipients/recipient-watch.js';
import { ROOMS, type Rooms } from '../rooms.js';
import { tickGrants } from './grant-clock.js';

/** Often enough that a worker's new day or a new project is signed while someone waits for it. */
const TICK_MS = 2_000;

/** The keeper's round: recipients to sign, grants that time has ended. A round that fails is logged, and the next one tries again. */
@Injectable()
export class HouseClock implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #watch: RecipientWatch;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(@Inject(ROOMS) rooms: Rooms, @Inject(RecipientWatch) watch: RecipientWatch) {
    this.#rooms = rooms;
    this.#watch = watch;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#round;
  }

  async #run(): Promise<void> {
    this.#round = this.#goRound();
    await this.#round;
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#run(), TICK_MS);
  }

  async #goRound(): Promise<void> {
    const { store, trust, log } = this.#rooms;
    try {
      await this.#watch.look(new Date());
      await tickGrants(store, trust);
    } catch (error) {
      log.error('keeper.round-failed', error);
    }
  }
}
