import { randomUUID } from 'node:crypto';
import { testDatabase } from '@crashkeep/testkit';
import { Queue, Worker, createPostgresBackend } from 'bullmq';
import { afterEach, expect, test } from 'vitest';
import { openJobQueue } from './job-queue.js';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const quiet = (errors: string[]) => ({
  info: () => undefined,
  warn: () => undefined,
  error: (event: string) => void errors.push(event),
});

test('a worker hears of a dump by its id, and of nothing else', async () => {
  const database = await testDatabase();
  const errors: string[] = [];
  const queue = openJobQueue(database.urlFor('ck_ingest'), quiet(errors));
  closing.push(() => queue.close());
  const heard = new Map<string, unknown>();
  const connection = { connectionString: database.urlFor('ck_worker'), schema: 'queue_strict', migrate: false };
  const [dump, symbols] = [randomUUID(), randomUUID()];
  const all = new Promise<void>((resolve) => {
    for (const name of ['walk', 'convert-symbols']) {
      const hear = (job: { readonly id?: string | undefined; readonly data: unknown }): Promise<void> => {
        heard.set(`${name} ${job.id ?? ''}`, job.data);
        if (heard.size === 2) resolve();
        return Promise.resolve();
      };
      const worker = new Worker(name, hear, { connection }, createPostgresBackend);
      closing.unshift(() => worker.close());
    }
  });
  queue.announceDump(dump);
  queue.announceSymbols(symbols);
  await all;
  expect(Object.fromEntries(heard)).toEqual({
    [`walk ${dump}`]: { dumpId: dump },
    [`convert-symbols ${symbols}`]: { symbolFileId: symbols },
  });
  expect(errors).toEqual([]);
});

test('the same dump twice is one job', async () => {
  const database = await testDatabase();
  const queue = openJobQueue(database.urlFor('ck_ingest'), quiet([]));
  const connection = { connectionString: database.urlFor('ck_worker'), schema: 'queue_strict', migrate: false };
  const seen = new Queue('walk', { connection }, createPostgresBackend);
  closing.push(
    () => queue.close(),
    () => seen.close(),
  );
  const dump = randomUUID();
  queue.announceDump(dump);
  queue.announceDump(dump);
  await expect.poll(() => seen.getWaitingCount(), { timeout: 20_000 }).toBe(1);
});

test('a queue that is away is a line in the log, and no more', async () => {
  const errors: string[] = [];
  const queue = openJobQueue('postgres://nobody:x@127.0.0.1:1/x', quiet(errors));
  queue.announceDump(randomUUID());
  await expect.poll(() => errors, { timeout: 20_000 }).toContain('queue.not-announced');
  await queue.close().catch(() => undefined);
});
