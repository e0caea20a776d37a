import type { AppLogger } from '@crashkeep/platform';
import { Queue, createPostgresBackend } from 'bullmq';

/** Tells the worker of new work. Payloads are ids; a job that is lost is found by the worker's sweeper in the tables. */
export interface JobQueue {
  announceDump(dumpId: string): void;
  announceSymbols(symbolFileId: string): void;
  close(): Promise<void>;
}

const QUEUE_SCHEMA = 'queue_strict';

/** Queues `walk` and `convert-symbols` on PostgreSQL. Never in a client's way: failures are logged, nobody waits. */
export function openJobQueue(databaseUrl: string, log: AppLogger): JobQueue {
  const connection = { connectionString: databaseUrl, schema: QUEUE_SCHEMA, migrate: false, max: 2 };
  const open = (name: string) => {
    const queue = new Queue(name, { connection }, createPostgresBackend);
    queue.on('error', (error) => {
      log.error('queue.away', error, { queue: name });
    });
    return queue;
  };
  const [walk, convert] = [open('walk'), open('convert-symbols')];
  const add = (queue: ReturnType<typeof open>, data: Record<string, string>, jobId: string): void => {
    queue.add(queue.name, data, { jobId, removeOnComplete: true, removeOnFail: true }).catch((error: unknown) => {
      log.error('queue.not-announced', error, { queue: queue.name });
    });
  };
  return {
    announceDump: (dumpId) => {
      add(walk, { dumpId }, dumpId);
    },
    announceSymbols: (symbolFileId) => {
      add(convert, { symbolFileId }, symbolFileId);
    },
    close: async () => {
      await Promise.all([walk.close(), convert.close()]);
    },
  };
}
