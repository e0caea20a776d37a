import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from './index.js';

test('two databases share nothing', async () => {
  const [one, other] = [await testDatabase(), await testDatabase()];
  await ask(one.urlFor('superuser'), "INSERT INTO identity.project (id, name) VALUES ('default', 'Default')");
  expect(await ask(one.urlFor('ck_ingest'), 'SELECT id FROM identity.project')).toEqual([{ id: 'default' }]);
  expect(await ask(other.urlFor('ck_ingest'), 'SELECT id FROM identity.project')).toEqual([]);
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
