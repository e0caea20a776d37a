import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LenientStore, findGroups, openLenientStore, writeReport } from './index.js';
import { sampleProject, sampleReport, write } from './sample-rows.js';

let database: TestDatabase;
let worker: LenientStore;

beforeAll(async () => {
  database = await testDatabase();
  worker = openLenientStore(database.urlFor('ck_worker'));
});
afterAll(() => worker.close());

const groupOf = async (signature: string) => {
  const { groups } = await findGroups(worker.rows, { project: sampleProject, q: signature });
  return groups.find((it) => (it.signature as string) === signature) ?? null;
};

/** What the counters must say, counted from the reports themselves. */
async function expectSoundCounters(): Promise<void> {
  const groups = await worker.rows.$queryRaw<{ same: boolean }[]>`SELECT
      g.count = count(r.id) AND (g.count = 0 OR (g.first_seen = min(r.received_at) AND g.last_seen = max(r.received_at))) AS same
    FROM lenient.crash_group AS g LEFT JOIN lenient.report AS r ON r.group_id = g.id GROUP BY g.id`;
  expect(groups.every((it) => it.same)).toBe(true);
  const days = await worker.rows.$queryRaw<unknown[]>`
    SELECT group_id, day, version, os, count FROM lenient.group_day WHERE count <> 0
    EXCEPT SELECT group_id, (received_at AT TIME ZONE 'UTC')::date, coalesce(version, ''), os, count(*)
    FROM lenient.report GROUP BY 1, 2, 3, 4`;
  expect(days).toEqual([]);
}

test('counts, times, versions, systems and the trend of a group', async () => {
  const now = Date.now();
  const day = 86_400_000;
  for (const [receivedAt, version, os] of [
    [now, '2.0', 'linux'],
    [now, '2.0', 'windows'],
    [now - 2 * day, '1.0', 'linux'],
    [now - 40 * day, null, 'linux'],
  ] as const) {
    await write(worker, sampleReport({ signature: 'trend', receivedAt, version, os }));
  }
  const group = await groupOf('trend');
  expect(group).toMatchObject({ count: 4, versions: ['2.0', '1.0'], os: ['linux', 'windows'] });
  expect(group?.trend).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2]);
  expect(group?.firstSeen.getTime()).toBe(Math.floor((now - 40 * day) / 1000) * 1000);
  await expectSoundCounters();
});

test('a second walk counts a report once, wherever it ends', async () => {
  const first = sampleReport({ signature: 'before' });
  await write(worker, first);
  await write(worker, first);
  expect(await groupOf('before')).toMatchObject({ count: 1 });
  await write(worker, sampleReport({ id: first.id, signature: 'after', version: '3.0' }));
  expect(await groupOf('before')).toBeNull();
  expect(await groupOf('after')).toMatchObject({ count: 1, versions: ['3.0'] });
  await write(worker, first);
  expect(await groupOf('before')).toMatchObject({ count: 1, versions: ['1.0'] });
  await expectSoundCounters();
});

test('many writers at once, of new groups, of one report and across each other', async () => {
  const [a, b] = [sampleReport({ signature: 'swap-a' }), sampleReport({ signature: 'swap-b' })];
  await Promise.all([write(worker, a), write(worker, b)]);
  await Promise.all([
    ...Array.from({ length: 12 }, () => write(worker, sampleReport({ signature: 'crowd' }))),
    ...Array.from({ length: 8 }, (_, i) =>
      write(worker, sampleReport({ id: a.id, signature: i % 2 ? 'swap-a' : 'swap-b' })),
    ),
    ...Array.from({ length: 8 }, (_, i) =>
      write(worker, sampleReport({ id: b.id, signature: i % 2 ? 'swap-b' : 'swap-a' })),
    ),
  ]);
  expect(await groupOf('crowd')).toMatchObject({ count: 12 });
  await expectSoundCounters();
});

test('a transaction that is undone leaves the counters as they were', async () => {
  const undone = worker.transaction(async (tx) => {
    await writeReport(tx, sampleReport({ signature: 'undone' }), sampleProject);
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(await groupOf('undone')).toBeNull();
  await expectSoundCounters();
});
