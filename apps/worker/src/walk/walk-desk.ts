import { Inject, Injectable } from '@nestjs/common';
import { type LeasedDump, renewLease } from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';
import { SymbolDesk } from '../symbols/symbol-desk.js';
import { attemptFailureOf } from './attempt-failure.js';
import { endAttempt } from './end-attempt.js';
import { leaseDump } from './lease-dump.js';
import { keepLease } from './lease-heartbeat.js';
import { LeaseLost, writeWalk } from './record-walk.js';
import { WalkCut, walkAndReport } from './walk-and-report.js';

/** Walks one dump, from its lease to its report. */
@Injectable()
export class WalkDesk {
  readonly #rooms: Rooms;
  readonly #desk: SymbolDesk;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
    this.#desk = new SymbolDesk(rooms);
  }

  /** Rejects only where the tables cannot be reached: the sweeper finds the dump again. */
  async walk(dumpId: string): Promise<void> {
    const dump = await leaseDump(this.#rooms, dumpId);
    if (dump === null) return;
    // The last of these attempts took its worker with it: nobody was left to count it.
    if (dump.attempts > this.#rooms.limits.attempts) {
      await endAttempt(this.#rooms, dump, { code: 'walk.too-many-attempts', retry: 'never' }, 0);
      return;
    }
    const stop = keepLease(this.#rooms, dumpId, renewLease);
    try {
      await this.#attempt(dump);
    } finally {
      stop();
    }
  }

  async #attempt(dump: LeasedDump): Promise<void> {
    const { owner, log } = this.#rooms;
    try {
      const { frames, openedBytes, rounds } = await walkAndReport(this.#rooms, this.#desk, dump, (rows, walk, report) =>
        writeWalk(rows, { ...walk, dump, owner }, report),
      );
      log.info('walk.done', { dump: dump.id, rounds, openedBytes, frames });
    } catch (error) {
      if (!(error instanceof WalkCut)) throw error;
      if (error.cause instanceof LeaseLost) {
        log.warn('walk.lease-lost', { dump: dump.id });
        return;
      }
      log.error('walk.failed', error.cause, { dump: dump.id });
      await endAttempt(this.#rooms, dump, attemptFailureOf(error.cause), error.openedBytes);
    }
  }
}
