import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Worker, createPostgresBackend } from 'bullmq';
import { ROOMS, type Rooms } from '../rooms.js';
import { ScreenDesk } from '../screen/screen-desk.js';
import { ConvertDesk } from '../symbols/convert-desk.js';
import { SecondWalkDesk } from '../walk/second-walk-desk.js';
import { WalkDesk } from '../walk/walk-desk.js';
import { JOBS, QUEUE_SCHEMA, type QueueName } from './job-names.js';

/** A job of a worker that was killed is another's after this long; the lease in the table says whether it may begin. */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;

type Handlers = Readonly<Record<QueueName, (data: unknown) => Promise<void>>>;

/** Takes jobs off the queues. Each queue has its handler, or this does not compile. */
@Injectable()
export class JobDesk implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #rooms: Rooms;
  readonly #handlers: Handlers;
  readonly #workers: { close(): Promise<void> }[] = [];

  constructor(
    @Inject(ROOMS) rooms: Rooms,
    @Inject(WalkDesk) walks: WalkDesk,
    @Inject(SecondWalkDesk) secondWalks: SecondWalkDesk,
    @Inject(ConvertDesk) conversions: ConvertDesk,
    @Inject(ScreenDesk) screens: ScreenDesk,
  ) {
    this.#rooms = rooms;
    this.#handlers = {
      walk: (data) => walks.walk(JOBS.walk.parse(data).dumpId),
      'second-walk': (data) => secondWalks.walk(JOBS['second-walk'].parse(data).dumpId),
      screen: (data) => screens.screen(JOBS.screen.parse(data).screeningId),
      'convert-symbols': (data) => conversions.convert(JOBS['convert-symbols'].parse(data).symbolFileId),
    };
  }

  onApplicationBootstrap(): void {
    const { walks, conversions, screens } = this.#rooms.limits;
    this.#open('walk', walks);
    this.#open('second-walk', 1);
    this.#open('screen', screens);
    this.#open('convert-symbols', conversions);
  }

  /** Waits for jobs that are under way. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #open(name: QueueName, concurrency: number): void {
    const { databaseUrl, log } = this.#rooms;
    const connection = { connectionString: databaseUrl, schema: QUEUE_SCHEMA, migrate: false, max: 4 };
    const worker = new Worker(
      name,
      async ({ data }) => {
        await this.#handle(name, data);
      },
      {
        ...{ connection, concurrency, lockDuration: LOCK_MS, stalledInterval: STALLED_MS, maxStalledCount: 5 },
        ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
      },
      createPostgresBackend,
    );
    worker.on('error', (error) => {
      log.error('queue.away', error, { queue: name });
    });
    this.#workers.push(worker);
  }

  /** A job never fails: what is left to do stands in the tables, and the sweeper asks them. */
  async #handle(name: QueueName, data: unknown): Promise<void> {
    try {
      await this.#handlers[name](data);
    } catch (error) {
      this.#rooms.log.error('job.not-done', error, { queue: name });
    }
  }
}
