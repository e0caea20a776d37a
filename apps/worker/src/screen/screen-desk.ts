import { Inject, Injectable } from '@nestjs/common';
import { plaintextSize } from '@crashkeep/envelope';
import { type LeasedScreening, leaseScreening, postponeScreening, renewScreening } from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';
import { attemptFailureOf } from '../walk/attempt-failure.js';
import { keepLease } from '../walk/lease-heartbeat.js';
import { LeaseLost } from '../walk/record-walk.js';
import { retryDelay } from '../worker-limits.js';
import { type ScreenToRecord, writeScreening } from './record-screen.js';
import { failedResult, screenResult } from './screen-result.js';
import { type ScreenedObject, screenObject, skipsOf } from './screened-object.js';

/** Screens one dump and what came with it, from its lease to its masks, on a queue of its own: no report waits for it. */
@Injectable()
export class ScreenDesk {
  readonly #rooms: Rooms;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Rejects only where the tables cannot be reached: the sweeper finds it again. */
  async screen(screeningId: string): Promise<void> {
    const { store, owner, limits } = this.#rooms;
    const now = new Date();
    const staleBefore = new Date(now.getTime() - limits.leaseMs);
    const screening = await leaseScreening(store.rows, screeningId, { owner, now, staleBefore });
    if (screening === null) return;
    // The last of these attempts took its worker with it: nobody was left to count it.
    if (screening.attempts > limits.attempts) return this.#giveUp(screening, 'screen.too-many-attempts');
    const stop = keepLease(this.#rooms, screeningId, renewScreening);
    try {
      await this.#attempt(screening);
    } catch (error) {
      await this.#fail(screening, error);
    } finally {
      stop();
    }
  }

  async #attempt(screening: LeasedScreening): Promise<void> {
    const { detectors, screenKeys, limits } = this.#rooms;
    const end = performance.now() + limits.screenMs;
    const objects: ScreenedObject[] = [];
    for (const object of screening.objects) {
      objects.push(await screenObject(this.#rooms, screening, object, Math.floor(end - performance.now())));
    }
    const sum = (key: 'claimedBytes' | 'readBytes' | 'constantBytes'): number =>
      objects.reduce((total, { answer }) => total + answer[key], 0);
    await this.#record({
      screening,
      result: screenResult(objects, detectors, screenKeys),
      skipped: skipsOf(objects),
      cost: {
        claimedBytes: sum('claimedBytes'),
        readBytes: sum('readBytes'),
        constantBytes: sum('constantBytes'),
      },
    });
  }

  async #record(screen: ScreenToRecord): Promise<void> {
    const { store, log } = this.#rooms;
    await store.transaction((rows) => writeScreening(this.#rooms, rows, screen));
    const { id, dump, detectors } = screen.screening;
    const { state, secrets } = screen.result;
    log.info('screen.done', { screening: id, dump, detectors, state, secrets: secrets.length });
  }

  async #fail(screening: LeasedScreening, error: unknown): Promise<void> {
    const { store, owner, limits, log } = this.#rooms;
    const { id, dump, attempts } = screening;
    if (error instanceof LeaseLost) {
      log.warn('screen.lease-lost', { dump });
      return;
    }
    log.error('screen.failed', error, { dump });
    const { code, retry } = attemptFailureOf(error);
    if (retry === 'never' || (retry === 'counted' && attempts >= limits.attempts)) return this.#giveUp(screening, code);
    // The lease is stale when the delay is over: that is when the sweeper finds it.
    const leasedAt = new Date(Date.now() + retryDelay(limits, attempts) - limits.leaseMs);
    await postponeScreening(store.rows, { id, owner, failure: code, leasedAt, counted: retry === 'counted' });
  }

  /** Kept as failed, with its reason; nobody sees a byte of the dump. */
  async #giveUp(screening: LeasedScreening, failure: string): Promise<void> {
    const sizes = screening.objects.map(({ part, sealedBytes }) => ({ part, size: plaintextSize(sealedBytes) }));
    const cost = { claimedBytes: 0, readBytes: 0, constantBytes: 0 };
    this.#rooms.log.warn('screen.given-up', { dump: screening.dump, code: failure });
    await this.#record({ screening, result: failedResult(sizes, failure), skipped: [], cost });
  }
}
