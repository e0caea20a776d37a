import { APP_ROLES } from '@crashkeep/database';
import { beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../index.js';
import { type Table, isRefused, listTables, tryEverything, withClient } from './attempt.js';
import { APPEND_FUNCTION, EXPECTED, QUEUE_MIGRATION_TABLE, QUEUE_TABLE, type Rights } from './expected-privileges.js';

let database: TestDatabase;
let tables: Table[];

beforeAll(async () => {
  database = await testDatabase();
  tables = await listTables(database.urlFor('superuser'));
});

function expectedRights(table: string): Partial<Record<string, Rights>> {
  if (table === 'queue_strict.migration') return QUEUE_MIGRATION_TABLE;
  return table.startsWith('queue_strict.') ? QUEUE_TABLE : (EXPECTED[table] ?? {});
}

function spelledOut(rights: Rights, { columns }: Table): string[] {
  const columnsOf = (which: '*' | readonly string[] = []): readonly string[] => (which === '*' ? columns : which);
  return [
    ...columnsOf(rights.select).map((column) => `select ${column}`),
    ...columnsOf(rights.update).map((column) => `update ${column}`),
    ...(rights.insert ? ['insert'] : []),
    ...(rights.delete ? ['delete'] : []),
  ].sort();
}

test('the list names no table that is not there', () => {
  const known = tables.map(({ name }) => name);
  expect(Object.keys(EXPECTED).filter((name) => !known.includes(name))).toEqual([]);
});

describe.each(APP_ROLES)('%s', (role) => {
  test('can do with each table what the list says, and nothing else', async () => {
    await withClient(database.urlFor(role), async (client) => {
      for (const table of tables) {
        const expected = spelledOut(expectedRights(table.name)[role] ?? {}, table);
        expect(await tryEverything(client, table), table.name).toEqual(expected);
      }
    });
  });

  test('appends to the ledger in its own name only', async () => {
    await withClient(database.urlFor(role), async (client) => {
      for (const name of Object.values(APPEND_FUNCTION)) {
        const refused = await isRefused(client, `SELECT ledger.${name}('{}')`);
        expect(refused, name).toBe(name !== APPEND_FUNCTION[role]);
      }
      expect(await isRefused(client, `SELECT ledger.append('keeper', '{}')`)).toBe(true);
    });
  });

  test.each([
    'CREATE SCHEMA planted',
    'CREATE TABLE public.planted ()',
    'CREATE TEMP TABLE planted ()',
    'CREATE TABLE identity.planted ()',
    'CREATE ROLE planted',
    'ALTER TABLE ledger.leaf DISABLE TRIGGER ALL',
    'ALTER TABLE identity.session DISABLE ROW LEVEL SECURITY',
    'DROP TABLE ledger.leaf',
    'SET ROLE ck_owner',
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/passwd')",
    'CREATE FUNCTION ledger.append_planted() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
  ])('is refused: %s', async (sql) => {
    expect(await withClient(database.urlFor(role), (client) => isRefused(client, sql))).toBe(true);
  });
});
