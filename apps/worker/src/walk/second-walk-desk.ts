import { Inject, Injectable } from '@nestjs/common';
import { EnvelopeError } from '@crashkeep/envelope';
import { KeeperError, type LeaseAnswer } from '@crashkeep/keeper-wire';
import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import {
  type LeasedDump,
  closeExtractionLeases,
  endSecondWalk,
  findOpenLease,
  findWalkedDump,
  putSecondWalkOff,
  renewSecondWalk,
  takeSecondWalk,
} from '@crashkeep/strict-store';
import { ROOMS, type Rooms } from '../rooms.js';
import { retryDelay } from '../worker-limits.js';
import { SymbolDesk } from '../symbols/symbol-desk.js';
import { attemptFailureOf } from './attempt-failure.js';
import { keepLease } from './lease-heartbeat.js';
import { LeaseLost, writeSecondWalk } from './record-walk.js';
import { WalkCut, walkAndReport } from './walk-and-report.js';

/** The keeper is away, or has nobody to make a header for yet. */
const AWAY_MS = 60_000;

/**
 * Walks a dump again whose frames were guessed for want of unwind data that has come since. The dump's own row stays as it is, and
 * its report stands until a better one is written: nothing that goes wrong here costs anything but an attempt.
 */
@Injectable()
export class SecondWalkDesk {
  readonly #rooms: Rooms;
  readonly #desk: SymbolDesk;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
    this.#desk = new SymbolDesk(rooms);
  }

  /** Rejects only where the tables cannot be reached: the sweeper finds it again. */
  async walk(dumpId: string): Promise<void> {
    const { store, owner, limits } = this.#rooms;
    if (this.#rooms.leases === null) return;
    const staleBefore = new Date(Date.now() - limits.leaseMs);
    const attempts = await takeSecondWalk(store.rows, dumpId, { owner, staleBefore });
    if (attempts === null) return;
    const dump = await findWalkedDump(store.rows, dumpId);
    if (dump === null || attempts > limits.attempts) return this.#giveUp(dumpId);
    const stop = keepLease(this.#rooms, dumpId, renewSecondWalk);
    try {
      const header = await this.#header(dumpId, this.#rooms.leases);
      if (header !== null) await this.#attempt({ ...dump, ...header, attempts });
    } finally {
      stop();
    }
  }

  /** The keeper's header: of an attempt that died, else a new one. Null where there is none to be had now. */
  async #header(dumpId: string, leases: NonNullable<Rooms['leases']>) {
    const { rows } = this.#rooms.store;
    const known = await findOpenLease(rows, dumpId);
    if (known !== null) return known;
    const answer = await this.#ask(dumpId, leases);
    if ('lease' in answer) return findOpenLease(rows, dumpId);
    this.#rooms.log.info('second-walk.refused', { dump: dumpId, code: answer.refused });
    const isFinal = answer.refused === 'lease.dump-gone' || answer.refused === 'lease.not-wanted';
    if (isFinal) await this.#giveUp(dumpId);
    else await this.#putOff(dumpId, answer.again === null ? AWAY_MS : Date.parse(answer.again) - Date.now(), false);
    return null;
  }

  async #ask(dumpId: string, leases: NonNullable<Rooms['leases']>): Promise<LeaseAnswer> {
    try {
      return await leases.lease({ dump: DumpIdText.parse(dumpId), purpose: 'second-walk' });
    } catch (error) {
      if (error instanceof KeeperError) return { refused: 'lease.failed', again: null };
      throw error;
    }
  }

  async #attempt(dump: LeasedDump): Promise<void> {
    const { store, owner, log } = this.#rooms;
    const { id: dumpId, attempts: attempt } = dump;
    const ids = { dump: DumpIdText.parse(dumpId), project: ProjectIdText.parse(dump.project) };
    await store.transaction((rows) => appendLeaf(rows, 'worker', { act: 'dump.leased', ...ids, attempt }));
    try {
      const { frames } = await walkAndReport(this.#rooms, this.#desk, dump, (rows, walk, report) =>
        writeSecondWalk(rows, { ...walk, dump, owner }, report),
      );
      log.info('second-walk.done', { dump: dumpId, frames });
    } catch (error) {
      if (!(error instanceof WalkCut)) throw error;
      if (error.cause instanceof LeaseLost) log.warn('second-walk.lease-lost', { dump: dumpId });
      else await this.#fail(dump, error.cause);
    }
  }

  async #fail(dump: LeasedDump, error: unknown): Promise<void> {
    const { store, limits, log } = this.#rooms;
    log.error('second-walk.failed', error, { dump: dump.id });
    const { code, retry } = attemptFailureOf(error);
    // A header of a day whose identity is gone: the next attempt asks for another.
    const isStale = error instanceof EnvelopeError;
    if (isStale) await closeExtractionLeases(store.rows, dump.id);
    if (retry !== 'never' || isStale) {
      await this.#putOff(dump.id, retryDelay(limits, dump.attempts), retry !== 'uncounted');
      return;
    }
    const ids = { dump: DumpIdText.parse(dump.id), project: ProjectIdText.parse(dump.project) };
    await store.transaction((rows) => appendLeaf(rows, 'worker', { act: 'dump.walk-failed', ...ids, code }));
    await this.#giveUp(dump.id);
  }

  async #putOff(dumpId: string, milliseconds: number, counted: boolean): Promise<void> {
    const notBefore = new Date(Date.now() + Math.max(0, milliseconds));
    await putSecondWalkOff(this.#rooms.store.rows, { dumpId, owner: this.#rooms.owner, notBefore, counted });
  }

  /** The report stays as it is. */
  async #giveUp(dumpId: string): Promise<void> {
    await this.#rooms.store.transaction(async (rows) => {
      await endSecondWalk(rows, dumpId, this.#rooms.owner);
      await closeExtractionLeases(rows, dumpId);
    });
  }
}
