import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ObjectStore, ObjectStoreError } from '@crashkeep/strict-store';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Testbed, openTestbed } from '../ingest.testbed.js';
import type { Intake } from '../intake.js';
import { DUMP, fieldPart, filePart, multipart } from '../multipart.testkit.js';
import { commitSpooled } from './spool-commits.js';
import { Spool } from './spool.js';

let folder: string;
let bed: Testbed | null = null;
let spool: Spool;
let isStoreAway = false;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ck-spool-'));
  spool = await Spool.open(folder, 1024 * 1024);
  isStoreAway = false;
});
afterEach(async () => {
  await bed?.close();
  bed = null;
  await rm(folder, { recursive: true });
});

/** The store goes away where it is told to, in the midst of what it takes. */
const flaky = (store: ObjectStore): ObjectStore => ({
  put: async (key, source) => {
    if (!isStoreAway) return store.put(key, source);
    for await (const _piece of source) break;
    throw new ObjectStoreError('object.store-away');
  },
  read: (key, offset, length) => store.read(key, offset, length),
  size: (key) => store.size(key),
  delete: (key) => store.delete(key),
  list: () => store.list(),
  sweep: (before) => store.sweep(before),
  check: () => (isStoreAway ? Promise.reject(new ObjectStoreError('object.store-away')) : store.check()),
});

let intake: Intake;
async function open(): Promise<Testbed> {
  const alter = (made: Intake): Intake => (intake = { ...made, dumps: flaky(made.dumps), spool, copiesUploads: true });
  bed = await openTestbed({ alter });
  // What ingest knows while all is well is what it goes on with.
  expect((await upload(bed)).status).toBe(200);
  return bed;
}

let token: string | null = null;
async function upload(testbed: Testbed, headers: Record<string, string> = {}): Promise<Response> {
  if (token === null || bed === null) token = await testbed.token('ingest');
  const parts = [
    [filePart('log'), 'a log'],
    [filePart('upload_file_minidump'), DUMP],
    [fieldPart('prod'), 'App'],
  ] as const;
  return fetch(`${testbed.url}/submit`, {
    method: 'POST',
    body: new Uint8Array(multipart('b', parts)),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b', ...headers },
  });
}
afterEach(() => {
  token = null;
});

/** As when the server is stopped: open connections end, and none is made. */
async function databaseAway({ sql }: Testbed): Promise<void> {
  await sql(`DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM ck_ingest', current_database()); END $$`);
  await sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ck_ingest' AND datname = current_database()`,
  );
}
const databaseBack = ({ sql }: Testbed) =>
  sql(`DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ck_ingest', current_database()); END $$`);

/** Rows, leaf, state and objects of a dump, each there once; its plaintext opens. */
async function expectWhole(testbed: Testbed, id: string): Promise<void> {
  const [row] = await testbed.sql('select * from strict.dump where id = $1', [id]);
  expect(row).toBeDefined();
  const counts = await testbed.sql(
    `select (select count(*)::int from strict.dump_part where dump_id = $1::uuid) as parts,
      (select count(*)::int from lenient.dump_state where dump_id = $1::uuid) as states,
      (select count(*)::int from ledger.leaf where body like '%"' || $1 || '"%') as leaves`,
    [id],
  );
  expect(counts).toEqual([{ parts: 2, states: 1, leaves: 1 }]);
  const plain = await testbed.open({ object_key: row?.['object_key'], vault_header: row?.['vault_header'] });
  expect(plain.equals(DUMP)).toBe(true);
}

async function expectEmptySpool(): Promise<void> {
  const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(left.map(({ name }) => name)).toEqual([]);
  expect(spool.bytes).toBe(0);
}

const spooledFiles = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

describe('an upload is taken, and recorded when all is back', () => {
  test.each(['store', 'database', 'both'] as const)('%s away', async (what) => {
    const testbed = await open();
    if (what !== 'database') isStoreAway = true;
    if (what !== 'store') await databaseAway(testbed);
    const answer = await upload(testbed);
    expect(answer.status).toBe(200);
    const id = (await answer.text()).trim();
    expect(await testbed.sql('select 1 from strict.dump where id = $1', [id])).toEqual([]);
    expect((await fetch(`${testbed.url}/healthz`)).status).toBe(200);
    expect(await commitSpooled(intake, spool)).toBe(0);
    isStoreAway = false;
    await databaseBack(testbed);
    expect(await commitSpooled(intake, spool)).toBe(1);
    await expectWhole(testbed, id);
    await expectEmptySpool();
    expect(testbed.announced).toContain(`walk ${id}`);
  });

  test('the ledger cannot be written', async () => {
    const testbed = await open();
    await testbed.sql('revoke execute on function ledger.append_ingest(text) from ck_ingest');
    const id = (await (await upload(testbed)).text()).trim();
    expect(await testbed.sql('select 1 from strict.dump where id = $1', [id])).toEqual([]);
    await testbed.sql('grant execute on function ledger.append_ingest(text) to ck_ingest');
    expect(await commitSpooled(intake, spool)).toBe(1);
    await expectWhole(testbed, id);
  });

  test('once it is known to be away it is not asked for each upload', async () => {
    const testbed = await open();
    isStoreAway = true;
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await (await upload(testbed)).text()).trim());
    isStoreAway = false;
    expect(await commitSpooled(intake, spool)).toBe(3);
    for (const id of ids) await expectWhole(testbed, id);
  });
});

test('what lies in the spool is ciphertext and headers; no name, no text, no byte of the dump', async () => {
  const testbed = await open();
  isStoreAway = true;
  await databaseAway(testbed);
  await upload(testbed);
  const files = await spooledFiles();
  expect(files).toHaveLength(4);
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    expect(bytes.includes(DUMP.subarray(0, 32)), name).toBe(false);
    expect(bytes.includes('a log'), name).toBe(false);
  }
});

describe('killed', () => {
  async function spooledOne(): Promise<{ testbed: Testbed; id: string }> {
    const testbed = await open();
    isStoreAway = true;
    await databaseAway(testbed);
    const id = (await (await upload(testbed)).text()).trim();
    isStoreAway = false;
    await databaseBack(testbed);
    return { testbed, id };
  }
  /** What a process finds that starts after one that was killed. */
  const restart = async () => {
    spool = await Spool.open(folder, 1024 * 1024);
    return { ...intake, spool };
  };

  test('after 200: the next process records it', async () => {
    const { testbed, id } = await spooledOne();
    const before = spool.bytes;
    const next = await restart();
    expect(spool.bytes).toBe(before);
    expect(await commitSpooled(next, spool)).toBe(1);
    await expectWhole(testbed, id);
    await expectEmptySpool();
  });

  test('after the objects were moved, and after the rows were committed: nothing is there twice', async () => {
    const { testbed, id } = await spooledOne();
    for await (const spooled of spool.waiting()) await spool.moveObjects(spooled, intake.dumps);
    const transaction: Intake['store']['transaction'] = async (act) => {
      await intake.store.transaction(act);
      throw new Error('killed');
    };
    const doomed = { ...(await restart()), store: { ...intake.store, transaction } };
    expect(await commitSpooled(doomed, spool)).toBe(0);
    expect(await commitSpooled(await restart(), spool)).toBe(1);
    await expectWhole(testbed, id);
    await expectEmptySpool();
  });

  test('before 200: what has no record is garbage, and goes', async () => {
    async function* sealed(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(1000));
    }
    await spool.put('aa/half', sealed());
    await writeFile(join(folder, 'copies/left'), 'x');
    await restart();
    await expectEmptySpool();
  });

  test('a record that was cut holds up no other, and is kept for a person', async () => {
    const { testbed, id } = await spooledOne();
    await writeFile(join(folder, 'records/0-cut.json'), '{"dump":');
    expect(await commitSpooled(await restart(), spool)).toBe(1);
    await expectWhole(testbed, id);
    expect((await spooledFiles()).map(({ name }) => name)).toEqual(['0-cut.json']);
  });
});

test('a full spool is 503 with Retry-After, and nothing half written stays', async () => {
  spool = await Spool.open(folder, 3000);
  const testbed = await open();
  isStoreAway = true;
  await databaseAway(testbed);
  let answer = await upload(testbed);
  for (let n = 0; n < 20 && answer.status === 200; n += 1) answer = await upload(testbed);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
  expect(await answer.json()).toMatchObject({ code: 'ingest.spool-full', blame: 'us', retry: true });
  expect(spool.bytes).toBeLessThanOrEqual(3000);
  const records = (await readdir(join(folder, 'records'))).length;
  isStoreAway = false;
  await databaseBack(testbed);
  expect(await commitSpooled(intake, spool)).toBe(records);
  await expectEmptySpool();
});

test('an upload under a name that was recorded meanwhile by another way is there once', async () => {
  const testbed = await open();
  const key = { 'crashkeep-upload': '5f3c1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d' };
  isStoreAway = true;
  await databaseAway(testbed);
  expect((await upload(testbed, key)).status).toBe(200);
  isStoreAway = false;
  await databaseBack(testbed);
  spool.noteBack('store');
  spool.noteBack('database');
  expect((await upload(testbed, key)).status).toBe(200);
  expect(await commitSpooled(intake, spool)).toBe(1);
  expect(await testbed.sql(`select 1 from strict.dump where upload_key is not null`)).toHaveLength(1);
  await expectEmptySpool();
});

test('who was never seen is nobody while the database is away', async () => {
  const testbed = await open();
  const stranger = await testbed.token('ingest');
  await databaseAway(testbed);
  token = stranger;
  expect((await upload(testbed)).status).toBe(503);
  token = `${stranger.slice(0, -1)}x`;
  expect([401, 503]).toContain((await upload(testbed)).status);
});
