import { Inject, Injectable } from '@nestjs/common';
import type { LeasedDump } from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';
import { type FoundForms, SymbolDesk } from '../symbols/symbol-desk.js';
import { attemptFailureOf } from './attempt-failure.js';
import { endAttempt } from './end-attempt.js';
import { leaseDump } from './lease-dump.js';
import { keepLease } from './lease-heartbeat.js';
import { OpenedDump } from './opened-dump.js';
import { LeaseLost, writeWalk } from './record-walk.js';
import { reportFacts } from './report-facts.js';
import { settleReport } from './settle-report.js';

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
    const stop = keepLease(this.#rooms, dumpId);
    try {
      await this.#attempt(dump);
    } finally {
      stop();
    }
  }

  async #attempt(dump: LeasedDump): Promise<void> {
    let source: OpenedDump | null = null;
    try {
      source = await OpenedDump.open(this.#rooms, dump);
      await this.#walkAndReport(dump, source);
    } catch (error) {
      if (error instanceof LeaseLost) {
        this.#rooms.log.warn('walk.lease-lost', { dump: dump.id });
        return;
      }
      this.#rooms.log.error('walk.failed', error, { dump: dump.id });
      await endAttempt(this.#rooms, dump, attemptFailureOf(error), source?.openedBytes ?? 0);
    } finally {
      source?.close();
    }
  }

  async #walkAndReport(dump: LeasedDump, source: OpenedDump): Promise<void> {
    const { runner, owner, log } = this.#rooms;
    const { project } = dump;
    let forms: FoundForms = [];
    const { result, cost, ...named } = await runner.walk({
      source,
      project,
      addresses: false,
      symbols: async (modules) => {
        forms = await this.#desk.find(project, modules);
        return this.#desk.open(forms);
      },
    });
    const { openedBytes } = source;
    const facts = await reportFacts(this.#rooms, dump);
    await settleReport(this.#rooms, this.#desk, { project, result, facts }, { named, forms }, (rows, report) =>
      writeWalk(rows, { dump, owner, result, openedBytes }, report),
    );
    log.info('walk.done', { dump: dump.id, rounds: cost.rounds, openedBytes, frames: framesIn(result) });
  }
}

function framesIn({ threads }: { readonly threads: readonly { readonly frames: readonly unknown[] }[] }): number {
  return threads.reduce((sum, { frames }) => sum + frames.length, 0);
}
