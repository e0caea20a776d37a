import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  SCHEMAS,
  createDatabase,
  datamodelDiff,
  lastSnapshot,
  migrateDatabase,
  readDatamodel,
} from '@crashkeep/database';
import { describe, expect, test } from 'vitest';
import { withClient } from './privileges/attempt.js';
import { serverOfThisRun } from './server-of-run.js';
import { testDatabase } from './test-database.js';

interface Empty {
  readonly adminUrl: string;
  readonly ownerUrl: string;
}

async function emptyDatabase(): Promise<Empty> {
  const { adminUrl, passwords } = await serverOfThisRun();
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await createDatabase(adminUrl, name);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const inside = url.href;
  [url.username, url.password] = ['ck_owner', passwords.ck_owner];
  return { adminUrl: inside, ownerUrl: url.href };
}

const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

const historyOf = (schema: string): string =>
  `SELECT migration_name, finished_at IS NOT NULL AS done FROM ${schema}._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1`;

test('a second run applies nothing', async () => {
  const { ownerUrl } = await emptyDatabase();
  const runs: number[] = [];
  for (let run = 0; run < 2; run += 1) {
    let applied = 0;
    await migrateDatabase(ownerUrl, (_schema, count) => (applied += count));
    runs.push(applied);
  }
  expect(runs[0]).toBeGreaterThanOrEqual(8);
  expect(runs[1]).toBe(0);
});

test('two that start at once do it once', async () => {
  const { ownerUrl } = await emptyDatabase();
  await Promise.all([migrateDatabase(ownerUrl), migrateDatabase(ownerUrl)]);
  const history = await ask(ownerUrl, historyOf('strict'));
  expect(new Set(history.map((row) => row['migration_name'])).size).toBe(history.length);
});

test('a run that was killed in the middle is gone on with', async () => {
  const { adminUrl, ownerUrl } = await emptyDatabase();
  await migrateDatabase(ownerUrl);
  // As a kill leaves it: the last migration begun, its script rolled back.
  const history = await ask(ownerUrl, historyOf('lenient'));
  await ask(
    adminUrl,
    `CREATE TABLE public.kept AS TABLE lenient._prisma_migrations; DROP SCHEMA lenient CASCADE; CREATE SCHEMA lenient AUTHORIZATION ck_owner;
     CREATE TABLE lenient._prisma_migrations AS TABLE public.kept; ALTER TABLE lenient._prisma_migrations OWNER TO ck_owner;`,
  );
  await ask(adminUrl, "DELETE FROM lenient._prisma_migrations WHERE migration_name <> '0001_init'");
  await ask(adminUrl, 'UPDATE lenient._prisma_migrations SET finished_at = NULL');
  await migrateDatabase(ownerUrl);
  expect(history.length).toBeGreaterThan(2);
  expect(await ask(ownerUrl, historyOf('lenient'))).toEqual(history);
});

describe.each(SCHEMAS)('%s', (schema) => {
  test('the migrations lead to the datamodel as it stands (else: scripts/new-migration.mjs)', async () => {
    const { adminUrl } = await serverOfThisRun();
    expect(await datamodelDiff(adminUrl, schema, lastSnapshot(schema), readDatamodel(schema))).toBeNull();
  });

  test('the migrated tables are those of the datamodel', async () => {
    const migrated = await testDatabase();
    const { adminUrl } = await emptyDatabase();
    const sql = await datamodelDiff(adminUrl, schema, null, readDatamodel(schema));
    await ask(adminUrl, `CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path = ${schema}; ${sql ?? ''}`);
    const columns = `SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default FROM information_schema.columns
      WHERE table_schema = '${schema}' AND table_name <> '_prisma_migrations'
        AND NOT (SELECT relispartition FROM pg_class WHERE oid = format('%I.%I', table_schema, table_name)::regclass)
      ORDER BY 1, 2`;
    expect(await ask(migrated.urlFor('superuser'), columns)).toEqual(await ask(adminUrl, columns));
  });
});

test('reports from before there were months keep their places, and are counted as they were', async () => {
  const { adminUrl } = await emptyDatabase();
  const script = (name: string): string =>
    readFileSync(new URL(`../../../../prisma/lenient/migrations/${name}/migration.sql`, import.meta.url), 'utf8');
  const run = (sql: string) => ask(adminUrl, `CREATE SCHEMA IF NOT EXISTS lenient; SET search_path = lenient; ${sql}`);
  await run(script('0001_init') + script('0002_privileges'));
  const body = `{"format": "minidump", "crash_address_class": "null", "crashed_at": 1700000000, "uptime": 5, "cpu_count": 8, "threads": [{}, {}]}`;
  await run(`INSERT INTO crash_group VALUES ('00000000-0000-4000-8000-000000000001', 'relay', 'find', 1, 3, now(), now());
    INSERT INTO report SELECT gen_random_uuid(), 'relay', '00000000-0000-4000-8000-000000000001', at::timestamptz, NULL, version, NULL,
      'linux', NULL, 'amd64', NULL, 'find', '${body}'::jsonb
    FROM (VALUES ('2026-01-31T23:59:59Z', '1.0'), ('2026-02-01T00:00:00Z', '1.0'), ('2026-02-01T10:00:00Z', NULL)) AS x (at, version)`);
  await run(script('0003_scale') + script('0004_scale_privileges'));
  const places =
    'SELECT tableoid::regclass::text AS place, count(*)::int AS count FROM lenient.report GROUP BY 1 ORDER BY 1';
  expect(await ask(adminUrl, places)).toEqual([
    { place: 'lenient.report_2026_01', count: 1 },
    { place: 'lenient.report_2026_02', count: 2 },
  ]);
  const days = 'SELECT day::text, count::int FROM lenient.group_day ORDER BY 1';
  expect(await ask(adminUrl, days)).toEqual([
    { day: '2026-01-31', count: 1 },
    { day: '2026-02-01', count: 2 },
  ]);
  const columns =
    'SELECT DISTINCT format, address_class, uptime::int, cpu_count::int, threads, words IS NULL AS waiting FROM lenient.report';
  expect(await ask(adminUrl, columns)).toEqual([
    { format: 'minidump', address_class: 'null', uptime: 5, cpu_count: 8, threads: 2, waiting: true },
  ]);
  const dims =
    'SELECT d.version, sum(c.count)::int AS count FROM lenient.project_day AS c JOIN lenient.dims AS d ON d.id = c.dims_id GROUP BY 1 ORDER BY 1';
  expect(await ask(adminUrl, dims)).toEqual([
    { version: '', count: 1 },
    { version: '1.0', count: 2 },
  ]);
});
