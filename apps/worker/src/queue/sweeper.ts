import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  findScreenable,
  findSecondWalks,
  findUnconverted,
  findWalkable,
  planScreenings,
  requeueSymbols,
} from '@crashkeep/strict-store';
import { Queue, createPostgresBackend } from 'bullmq';
import { ROOMS, type Rooms } from '../rooms.js';
import { type JobOf, QUEUE_SCHEMA, type QueueName } from './job-names.js';

const DUMPS_AT_ONCE = 500;
const FILES_AT_ONCE = 100;
const SECOND_WALKS_AT_ONCE = 100;
/** A job that is on the queue already is not added again: the job's id is the thing's. */
const ONCE = { removeOnComplete: true, removeOnFail: true };

/** Asks the tables, not the queue, what is to be done: what was never announced, and what a dead worker left. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #queues = new Map<QueueName, ReturnType<typeof openQueue>>();
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;
  #isFirst = true;

  constructor(@Inject(ROOMS) rooms: Rooms) {
    this.#rooms = rooms;
  }

  onApplicationBootstrap(): void {
    for (const name of ['walk', 'second-walk', 'screen', 'convert-symbols'] as const)
      this.#queues.set(name, openQueue(this.#rooms, name));
    this.#run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#round;
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #run(): void {
    this.#round = this.#sweep().then(() => {
      if (this.#stopped) return;
      this.#timer = setTimeout(() => {
        this.#run();
      }, this.#rooms.limits.sweepMs);
    });
  }

  async #sweep(): Promise<void> {
    const { store, limits, log, dumpSyms } = this.#rooms;
    try {
      // Files that were kept for a tool that is there now.
      if (this.#isFirst && dumpSyms !== null) await requeueSymbols(store.rows, 'walk.no-dump-syms');
      this.#isFirst = false;
      // Symbols first: a walk that waits for them then waits for less.
      await this.#add('convert-symbols', await findUnconverted(store.rows, FILES_AT_ONCE), (symbolFileId) => ({
        symbolFileId,
      }));
      const staleBefore = new Date(Date.now() - limits.leaseMs);
      await this.#add('walk', await findWalkable(store.rows, staleBefore, DUMPS_AT_ONCE), (dumpId) => ({ dumpId }));
      await this.#addSecondWalks(staleBefore);
      await this.#addScreens(staleBefore);
    } catch (error) {
      log.error('worker.sweep-failed', error);
    }
  }

  /** After first walks: a report that stands can wait. None where no keeper gives headers: the wish stays in its table. */
  async #addSecondWalks(staleBefore: Date): Promise<void> {
    const { store, leases } = this.#rooms;
    if (leases === null) return;
    const due = await findSecondWalks(store.rows, staleBefore, SECOND_WALKS_AT_ONCE);
    await this.#add('second-walk', due, (dumpId) => ({ dumpId }));
  }

  /** Planned here, too: a dump whose walk has ended and that this set of detectors never saw has no row yet. */
  async #addScreens(staleBefore: Date): Promise<void> {
    const { store, detectors } = this.#rooms;
    await planScreenings(store.rows, detectors.number, DUMPS_AT_ONCE);
    const due = await findScreenable(store.rows, detectors.number, staleBefore, DUMPS_AT_ONCE);
    await this.#add('screen', due, (screeningId) => ({ screeningId }));
  }

  async #add<Q extends QueueName>(name: Q, ids: readonly string[], jobOf: (id: string) => JobOf<Q>): Promise<void> {
    // One by one: BullMQ's bulk call makes a sequence in its schema, where no app may create anything.
    for (const jobId of ids) await this.#queues.get(name)?.add(name, jobOf(jobId), { jobId, ...ONCE });
  }
}

function openQueue({ databaseUrl, log }: Rooms, name: QueueName) {
  const connection = { connectionString: databaseUrl, schema: QUEUE_SCHEMA, migrate: false, max: 2 };
  const queue = new Queue(name, { connection }, createPostgresBackend);
  queue.on('error', (error) => {
    log.error('queue.away', error, { queue: name });
  });
  return queue;
}
