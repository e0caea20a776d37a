import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeeperTestbed, STACK } from '../keeper.testbed.js';

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterAll(() => bed.close());

const TIED: [string, string, string][] = [
  [
    'the privilege to append is taken away',
    'REVOKE EXECUTE ON FUNCTION ledger.append_keeper(text) FROM ck_keeper',
    'GRANT EXECUTE ON FUNCTION ledger.append_keeper(text) TO ck_keeper',
  ],
  [
    'the table of leaves takes no row',
    `CREATE FUNCTION ledger.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full' USING ERRCODE = '53100'; END $$;
     CREATE TRIGGER disk_full BEFORE INSERT ON ledger.leaf FOR EACH ROW EXECUTE FUNCTION ledger.full()`,
    'DROP TRIGGER disk_full ON ledger.leaf',
  ],
  [
    'the database lets nobody in',
    `DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM ck_keeper', current_database()); END $$;
     SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ck_keeper' AND datname = current_database()`,
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ck_keeper', current_database()); END $$`,
  ],
];

test.each(TIED)('where %s, no byte leaves and nothing is charged', async (_what, tie, untie) => {
  const id = await bed.live();
  expect(await bed.read(id, STACK.offset, 8)).toHaveLength(8);
  await bed.forge(tie);
  for (let n = 0; n < 3; n += 1) await expect(bed.read(id, STACK.offset, 8)).rejects.toThrow();
  await bed.forge(untie);
  const { rows } = await bed.sql.query<{ used_bytes: string }>(
    'SELECT used_bytes FROM strict.access_grant WHERE id = $1',
    [id],
  );
  expect(Number(rows[0]?.used_bytes)).toBe(8);
  expect((await bed.leaves(id)).filter(({ act }) => act === 'grant.read')).toHaveLength(1);
  expect(await bed.read(id, STACK.offset, 8)).toHaveLength(8);
});
