import { newDumpId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type LenientStore,
  findGroups,
  indexReports,
  makeReportPartitions,
  openLenientStore,
  writeReport,
} from './index.js';
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
    SELECT d.project, d.group_id, d.day, d.dims_id, d.count FROM lenient.group_dims_day AS d WHERE d.count <> 0
    EXCEPT SELECT project, group_id, (received_at AT TIME ZONE 'UTC')::date, dims_id, count(*)
    FROM lenient.report GROUP BY 1, 2, 3, 4`;
  expect(days).toEqual([]);
  const rolled = await worker.rows.$queryRaw<unknown[]>`
    SELECT project, day, group_id, NULL::int AS dims_id, sum(count) FROM lenient.group_dims_day GROUP BY 1, 2, 3
    UNION ALL SELECT project, day, NULL, dims_id, sum(count) FROM lenient.group_dims_day GROUP BY 1, 2, 4
    EXCEPT (SELECT project, day, group_id, NULL::int, count FROM lenient.group_day
      UNION ALL SELECT project, day, NULL, dims_id, sum(count) FROM lenient.project_day GROUP BY 1, 2, 4)`;
  expect(rolled).toEqual([]);
  const installs = await worker.rows.$queryRaw<unknown[]>`
    SELECT group_id, day, unnest(installs) FROM lenient.group_install_day
    EXCEPT SELECT group_id, (received_at AT TIME ZONE 'UTC')::date, install FROM lenient.report WHERE install IS NOT NULL`;
  expect(installs).toEqual([]);
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

test('installs of a day: exact while they are few, the 256 smallest where they are many, each once', async () => {
  const hashes = Array.from({ length: 300 }, (_, i) => (i * 7919) % 300);
  for (const install of [...hashes, ...hashes.slice(0, 20)]) {
    const report = sampleReport({ signature: 'installs' });
    await worker.transaction((tx) => writeReport(tx, report, sampleProject, { install }));
  }
  const [row] = await worker.rows.$queryRaw<
    { installs: bigint[] }[]
  >`SELECT d.installs FROM lenient.group_install_day AS d
    JOIN lenient.crash_group AS g ON g.id = d.group_id WHERE g.signature = 'installs'`;
  expect(row?.installs.map(Number)).toEqual(Array.from({ length: 256 }, (_, i) => i));
  await expectSoundCounters();
});

test('names of a report are found by their numbers, a second walk with symbols brings its own', async () => {
  const id = newDumpId();
  const wordsOfIt = async () =>
    worker.rows.$queryRaw<{ kind: string; text: string }[]>`SELECT w.kind, w.text FROM lenient.report AS r
      JOIN lenient.word AS w ON w.id = ANY(r.words) WHERE r.id = ${id}::uuid ORDER BY 1, 2`;
  await write(worker, sampleReport({ id, frames: [{ module: 'relay.dll', function: null }] }));
  expect(await wordsOfIt()).toEqual([
    { kind: 'frame', text: 'relay.dll + 0x10' },
    { kind: 'missing', text: 'relay.dll' },
    { kind: 'module', text: 'relay.dll' },
  ]);
  await write(worker, sampleReport({ id, frames: [{ module: 'relay.dll', function: 'relay::find' }] }));
  expect(await wordsOfIt()).toContainEqual({ kind: 'function', text: 'relay::find' });
});

test('a fixed group opens again with the version that should have the fix, not with older ones', async () => {
  await write(worker, sampleReport({ signature: 'mended', version: '1.0' }));
  await worker.rows.$executeRaw`UPDATE lenient.crash_group SET status = 'fixed', fixed_in = '1.10', status_at = now()
    WHERE signature = 'mended'`;
  const status = async () =>
    (
      await worker.rows.$queryRaw<
        unknown[]
      >`SELECT status, regressed_at IS NOT NULL AS regressed FROM lenient.crash_group
      WHERE signature = 'mended'`
    )[0];
  await write(worker, sampleReport({ signature: 'mended', version: '1.9.3' }));
  expect(await status()).toEqual({ status: 'fixed', regressed: false });
  await write(worker, sampleReport({ signature: 'mended', version: '1.10' }));
  expect(await status()).toEqual({ status: 'open', regressed: true });
});

test('a report from before reports had words gets them', async () => {
  const report = sampleReport({ frames: [{ module: 'old.so', function: 'old::one' }] });
  await write(worker, report);
  await worker.rows.$executeRaw`UPDATE lenient.report SET words = NULL, stack = NULL WHERE id = ${report.id}::uuid`;
  expect(await worker.transaction((tx) => indexReports(tx, 10))).toBe(1);
  expect(await worker.transaction((tx) => indexReports(tx, 10))).toBe(0);
  const [row] = await worker.rows.$queryRaw<{ text: string }[]>`SELECT w.text FROM lenient.report AS r
    JOIN lenient.word AS w ON w.id = r.stack[1] WHERE r.id = ${report.id}::uuid`;
  expect(row?.text).toBe('old::one');
});

test('tables of months: made ahead by the worker, and what came before its month had one moves there', async () => {
  expect(await makeReportPartitions(worker.rows)).toBe(0);
  const far = new Date(new Date().getUTCFullYear() + 1, 6, 15).getTime();
  const report = sampleReport({ signature: 'far', receivedAt: far });
  await write(worker, report);
  const owner = openLenientStore(database.urlFor('superuser'), { connections: 1 });
  await owner.rows.$executeRaw`SELECT lenient.make_report_partition(to_timestamp(${far / 1000}::float8)::date)`;
  await owner.close();
  const [row] = await worker.rows.$queryRaw<
    { place: string }[]
  >`SELECT tableoid::regclass::text AS place FROM lenient.report
    WHERE id = ${report.id}::uuid`;
  expect(row?.place).toMatch(/report_\d{4}_07$/);
  await expectSoundCounters();
});
