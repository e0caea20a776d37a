import { type AppRole, QUEUE_SCHEMA } from '@crashkeep/database';
import { type PostgresConnectionOptions, Queue, Worker, createPostgresBackend } from 'bullmq';
import { expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './index.js';

const connectionFor = (database: TestDatabase, role: AppRole): { connection: PostgresConnectionOptions } => ({
  connection: { connectionString: database.urlFor(role), schema: QUEUE_SCHEMA },
});

const ONCE = { jobId: 'd1', removeOnComplete: true, removeOnFail: true, attempts: 3 };

test('ingest adds a job once, and the worker takes it', async () => {
  const database = await testDatabase();
  const queue = new Queue('walk', connectionFor(database, 'ck_ingest'), createPostgresBackend);
  const taken: unknown[] = [];
  await queue.add('walk', { dumpId: 'd1' }, ONCE);
  await queue.add('walk', { dumpId: 'd1' }, ONCE);
  const work = (job: { data: unknown }): Promise<void> => {
    taken.push(job.data);
    return Promise.resolve();
  };
  const worker = new Worker('walk', work, connectionFor(database, 'ck_worker'), createPostgresBackend);
  await new Promise<void>((resolve) =>
    worker.once('drained', () => {
      resolve();
    }),
  );
  expect(taken).toEqual([{ dumpId: 'd1' }]);
  await worker.close();
  await queue.close();
});

test.each(['ck_keeper', 'ck_strict_api', 'ck_lenient_api'] as const)('%s cannot reach the queue', async (role) => {
  const queue = new Queue('walk', connectionFor(await testDatabase(), role), createPostgresBackend);
  queue.on('error', () => undefined);
  await expect(queue.waitUntilReady()).rejects.toThrow(/permission denied/);
  await queue.close();
});
