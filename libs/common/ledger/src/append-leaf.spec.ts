import { newDumpId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LeafOf, type SqlTransaction, appendLeaf, entryHash, entryOf, leafBody, parseLeaf } from './index.js';

interface LeafRow {
  id: string;
  process: string;
  body: string;
  salt: Buffer;
  hash: Buffer;
  created_at: Date;
  seq: string | null;
}

const dump = newDumpId();
const received = parseLeaf('ingest', {
  act: 'dump.received',
  dump,
  project: 'default',
  token: null,
  bytes: 5_000_000,
  parts: 1,
  content: { salt: '0'.repeat(32), sha256: '0'.repeat(64) },
});

let database: TestDatabase;
let ingest: pg.Client;
let superuser: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  ingest = new pg.Client({ connectionString: database.urlFor('ck_ingest') });
  superuser = new pg.Client({ connectionString: database.urlFor('superuser') });
  await Promise.all([ingest.connect(), superuser.connect()]);
});

afterAll(() => Promise.all([ingest.end(), superuser.end()]));

/** The two templates over a bare connection, as Prisma's transaction client offers them. */
function transactionOn(client: pg.Client): SqlTransaction {
  const textOf = (parts: TemplateStringsArray): string =>
    parts.reduce((text, part, at) => (at === 0 ? part : `${text}$${String(at)}${part}`), '');
  return {
    $queryRaw: async <T>(parts: TemplateStringsArray, ...values: unknown[]) =>
      (await client.query(textOf(parts), values)).rows as T,
    $executeRaw: async (parts, ...values) => (await client.query(textOf(parts), values)).rowCount ?? 0,
  };
}

async function rowOf(id: string): Promise<LeafRow | undefined> {
  return (await superuser.query<LeafRow>('SELECT * FROM ledger.leaf WHERE id = $1', [id])).rows[0];
}

test('a leaf is stored as it was hashed, salted, under the name of its process, without a number', async () => {
  const row = await rowOf(await appendLeaf(transactionOn(ingest), 'ingest', received));
  expect(row).toMatchObject({ process: 'ingest', body: leafBody(received), seq: null });
  expect(row?.salt).toHaveLength(16);
  expect(row && entryHash(entryOf({ ...row, at: row.created_at }))).toEqual(row?.hash);
});

test('the same act twice has two salts', async () => {
  const ids = [
    await appendLeaf(transactionOn(ingest), 'ingest', received),
    await appendLeaf(transactionOn(ingest), 'ingest', received),
  ];
  const rows = await Promise.all(ids.map(rowOf));
  expect(rows[0]?.salt.equals(rows[1]?.salt ?? Buffer.alloc(0))).toBe(false);
});

test('an act that is rolled back leaves no leaf', async () => {
  await ingest.query('BEGIN');
  const id = await appendLeaf(transactionOn(ingest), 'ingest', received);
  await ingest.query('ROLLBACK');
  expect(await rowOf(id)).toBeUndefined();
});

test('a process cannot append under the name of another', async () => {
  const leaf: LeafOf<'worker'> = {
    act: 'dump.leased',
    dump,
    project: received.project,
    attempt: 1,
  };
  await expect(appendLeaf(transactionOn(ingest), 'worker', leaf)).rejects.toMatchObject({ code: '42501' });
});

test.each([
  ['an act of another process', { act: 'dump.leased', dump: newDumpId(), project: 'default', attempt: 1 }],
  ['a field that nobody named', { ...received, note: 'x' }],
  ['no act', {}],
])('is no leaf of ingest: %s', (_what, leaf) => {
  expect(() => parseLeaf('ingest', leaf)).toThrow();
});

test.each(['[]', '"text"', 'not json', `{"a":"${'a'.repeat(66_000)}"}`, `{"a":"${'ä'.repeat(33_000)}"}`])(
  'PostgreSQL refuses a body that is no small object',
  async (body) => {
    await expect(ingest.query('SELECT ledger.append_ingest($1)', [body])).rejects.toMatchObject({ code: '22023' });
  },
);

test.each([
  "UPDATE ledger.leaf SET body = '{}'",
  'UPDATE ledger.leaf SET seq = 7, created_at = now()',
  'DELETE FROM ledger.leaf',
  'TRUNCATE ledger.leaf',
])('even the owner is refused: %s', async (sql) => {
  await appendLeaf(transactionOn(ingest), 'ingest', received);
  const owner = new pg.Client({ connectionString: database.urlFor('ck_owner') });
  await owner.connect();
  await expect(owner.query(sql)).rejects.toThrow('ledger.append-only');
  await owner.end();
});

test('the sequencer may number a leaf, once', async () => {
  const id = await appendLeaf(transactionOn(ingest), 'ingest', received);
  await superuser.query('UPDATE ledger.leaf SET seq = 1 WHERE id = $1', [id]);
  await expect(superuser.query('UPDATE ledger.leaf SET seq = 2 WHERE id = $1', [id])).rejects.toThrow(
    'ledger.append-only',
  );
});
