import { beforeAll, expect, test } from 'vitest';
import { type TestDatabase, type TestRole, testDatabase } from '../index.js';
import { isRefused, withClient } from './attempt.js';

const PERSON = '11111111-1111-4111-8111-111111111111';
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.urlFor('superuser'), (client) =>
    client.query(`
      INSERT INTO identity.person (id, name, login) VALUES ('${PERSON}', 'Ada', 'ada');
      INSERT INTO identity.session (hash, person_id, audience, expires_at)
        VALUES ('\\x01', '${PERSON}', 'console', now() + interval '1 hour'), ('\\x02', '${PERSON}', 'room', now() + interval '1 hour');
      INSERT INTO identity.one_time_link (hash, kind, expires_at)
        VALUES ('\\x01', 'invitation', now() + interval '1 hour'), ('\\x02', 'first-run', now() + interval '1 hour');
      INSERT INTO identity.api_token (id, public_id, class, project, label, hash)
        SELECT gen_random_uuid(), class, class, 'default', class, '\\x00' FROM unnest(ARRAY['ingest', 'symbols', 'read']) AS class;`),
  );
});

async function column(role: TestRole, sql: string): Promise<unknown[]> {
  const { rows } = await withClient(database.urlFor(role), (client) => client.query<Record<string, unknown>>(sql));
  return rows.map((row) => Object.values(row)[0]).sort();
}

test('ingest sees tokens of the classes that it accepts', async () => {
  expect(await column('ck_ingest', 'SELECT class FROM identity.api_token')).toEqual(['ingest', 'symbols']);
});

test('a session of the console is nothing in the reading room, and the other way round', async () => {
  expect(await column('ck_lenient_api', 'SELECT audience FROM identity.session')).toEqual(['console']);
  expect(await column('ck_strict_api', 'SELECT audience FROM identity.session')).toEqual(['room']);
});

test('the console cannot see or make a link to the first run', async () => {
  expect(await column('ck_lenient_api', 'SELECT kind FROM identity.one_time_link')).toEqual(['invitation']);
  const insert = `INSERT INTO identity.one_time_link (hash, kind, expires_at) VALUES ('\\x03', 'first-run', now())`;
  expect(await withClient(database.urlFor('ck_lenient_api'), (client) => isRefused(client, insert))).toBe(true);
});

test('the console cannot open a session of the reading room', async () => {
  const insert = `INSERT INTO identity.session (hash, person_id, audience, expires_at) VALUES ('\\x03', '${PERSON}', 'room', now())`;
  expect(await withClient(database.urlFor('ck_lenient_api'), (client) => isRefused(client, insert))).toBe(true);
});

test.each([
  [
    'ck_lenient_api',
    `INSERT INTO identity.membership (person_id, project, role) VALUES ('${PERSON}', 'default', 'security')`,
  ],
  [
    'ck_strict_api',
    `INSERT INTO identity.room_role (person_id, project, role) VALUES ('${PERSON}', 'default', 'engineer')`,
  ],
  [
    'superuser',
    `INSERT INTO identity.session (hash, person_id, audience, expires_at) VALUES ('\\x04', '${PERSON}', 'both', now())`,
  ],
] as const)('%s cannot write what no process honours', async (role, sql) => {
  await expect(column(role, sql)).rejects.toMatchObject({ code: '23514' });
});
