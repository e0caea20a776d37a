import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { indexReports, makeReportPartitions } from '@crashkeep/lenient-store';
import { ROOMS, type Rooms } from '../rooms.js';

const HOUR_MS = 3600 * 1000;
const AT_ONCE = 50;

/** At the start and then hourly: the coming months' tables of reports, and words for reports that have none. */
@Injectable()
export class ReportClock implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  #timer: NodeJS.Timeout | null = null;
  #ending = false;
  #round: Promise<void> = Promise.resolve();

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  onApplicationBootstrap(): void {
    const begin = (): void => void (this.#round = this.#goRound());
    begin();
    this.#timer = setInterval(begin, HOUR_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#ending = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
  }

  async #goRound(): Promise<void> {
    const { store, log } = this.#rooms;
    try {
      const made = await makeReportPartitions(store.rows);
      if (made > 0) log.info('worker.report-months-made', { made });
      while (!this.#ending && (await store.transaction((tx) => indexReports(tx, AT_ONCE))) > 0);
    } catch (error) {
      log.error('worker.report-round-failed', error);
    }
  }
}
