import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { countOpenable } from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';
import { goKeyRound } from './key-rounds.js';

const HOUR_MS = 3600 * 1000;

/** The identities of today and tomorrow at the start and then hourly. */
@Injectable()
export class KeyClock implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  #timer: NodeJS.Timeout | null = null;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#goRound();
    this.#timer = setInterval(() => void this.#goRound(), HOUR_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #goRound(): Promise<void> {
    const { keys, store, log } = this.#rooms;
    try {
      const destroyed = await goKeyRound(keys, new Date(), (day) => countOpenable(store.rows, day));
      for (const day of destroyed) log.info('worker.identity-destroyed', { day });
    } catch (error) {
      log.error('worker.key-round-failed', error);
    }
  }
}
