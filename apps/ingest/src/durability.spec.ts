import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ObjectStore, ObjectStoreError, openStrictStore } from '@crashkeep/strict-store';
import { afterEach, describe, expect, test } from 'vitest';
import type { Intake } from './intake.js';
import { type Testbed, type TestbedOptions, openTestbed } from './ingest.testbed.js';
import { DUMP, fieldPart, filePart, multipart } from './multipart.testkit.js';

let bed: Testbed | null = null;
afterEach(async () => {
  await bed?.close();
  bed = null;
});

async function open(options: TestbedOptions = {}): Promise<Testbed> {
  bed = await openTestbed(options);
  return bed;
}

async function upload({ url, token }: Testbed): Promise<Response> {
  const parts = [
    [filePart('log'), 'a log'],
    [filePart('upload_file_minidump'), DUMP],
    [fieldPart('prod'), 'App'],
  ] as const;
  return fetch(`${url}/submit`, {
    method: 'POST',
    body: new Uint8Array(multipart('b', parts)),
    headers: { authorization: `Bearer ${await token('ingest')}`, 'content-type': 'multipart/form-data; boundary=b' },
  });
}

async function expectAway(answer: Response, code = 'ingest.store-away'): Promise<void> {
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
  expect(await answer.json()).toMatchObject({ code, blame: 'us', retry: true });
}

async function expectNothing({ sql, files, announced }: Testbed): Promise<void> {
  expect(await files()).toEqual([]);
  for (const table of ['strict.dump', 'strict.dump_part', 'ledger.leaf', 'lenient.dump_state']) {
    expect(await sql(`select 1 from ${table}`)).toEqual([]);
  }
  expect(announced).toEqual([]);
}

/** A store that is as it is, but for one method. */
const altered = (store: ObjectStore, change: Partial<ObjectStore>): ObjectStore => ({
  put: (key, source) => store.put(key, source),
  read: (key, offset, length) => store.read(key, offset, length),
  size: (key) => store.size(key),
  delete: (key) => store.delete(key),
  list: () => store.list(),
  sweep: (before) => store.sweep(before),
  check: () => store.check(),
  ...change,
});

describe('503, Retry-After, and nothing half written', () => {
  test('where the object store is away, from the start or in the midst of a submission', async () => {
    for (const failing of [0, 1, 2]) {
      let puts = 0;
      const alter = (intake: Intake): Intake => {
        const put: ObjectStore['put'] = async (key, source) => {
          if (puts++ !== failing) return intake.dumps.put(key, source);
          for await (const piece of source) if (piece.length > 10_000) break;
          throw new ObjectStoreError('object.store-away');
        };
        return { ...intake, dumps: altered(intake.dumps, { put }) };
      };
      const testbed = await open({ alter });
      await expectAway(await upload(testbed));
      await expectNothing(testbed);
      await testbed.close();
      bed = null;
    }
  });

  test('where the folder of objects is no folder any more', async () => {
    const testbed = await open();
    await rm(join(testbed.folder, 'dumps'), { recursive: true });
    await writeFile(join(testbed.folder, 'dumps'), '');
    await expectAway(await upload(testbed));
    expect((await fetch(`${testbed.url}/healthz`)).status).toBe(503);
  });

  test('where the database does not answer, before or behind the objects', async () => {
    const nowhere = openStrictStore('postgres://nobody:x@127.0.0.1:1/x', { connections: 1 });
    const testbed = await open({ alter: (intake) => ({ ...intake, store: nowhere }) });
    await expectAway(await upload(testbed));
    await expectNothing(testbed);
    expect((await fetch(`${testbed.url}/healthz`)).status).toBe(503);
  });

  test('where the ledger refuses the leaf: the row goes, the objects go', async () => {
    const testbed = await open();
    await testbed.sql('revoke execute on function ledger.append_ingest(text) from ck_ingest');
    await expectAway(await upload(testbed));
    await expectNothing(testbed);
    await testbed.sql('grant execute on function ledger.append_ingest(text) to ck_ingest');
    expect((await upload(testbed)).status).toBe(200);
  });

  test('where no recipient is there yet', async () => {
    const testbed = await open({ recipients: false });
    await expectAway(await upload(testbed), 'ingest.no-recipient');
    await expectNothing(testbed);
    expect((await fetch(`${testbed.url}/healthz`)).status).toBe(503);
  });

  test('where a recipient was forged by who can write the database', async () => {
    const testbed = await open({ recipients: false });
    const forged = `insert into strict.recipient (id, kind, project, period, recipient, signature) values
      (gen_random_uuid(), $1, $2, to_char(now() at time zone 'utc', $3), $4, 'c2lnbmVk')`;
    const recipient = 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg';
    await testbed.sql(forged, ['vault', 'default', 'YYYY-MM', recipient]);
    await testbed.sql(forged, ['extraction', '', 'YYYY-MM-DD', recipient]);
    await expectAway(await upload(testbed), 'ingest.no-recipient');
    await expectNothing(testbed);
  });

  test('where as many uploads are at work as may be', async () => {
    const testbed = await open({ limits: { uploadsAtOnce: 0 } });
    await expectAway(await upload(testbed), 'ingest.busy');
    await expectNothing(testbed);
  });
});

test('where a COMMIT was sent and nobody heard of it, the objects stay: the dump may be there', async () => {
  const alter = (intake: Intake): Intake => ({
    ...intake,
    store: {
      ...intake.store,
      transaction: async (act) => {
        await intake.store.transaction(act);
        throw new Error('the connection broke');
      },
    },
  });
  const testbed = await open({ alter });
  await expectAway(await upload(testbed));
  const [row] = await testbed.sql('select * from strict.dump');
  expect(await testbed.open({ object_key: row?.['object_key'], vault_header: row?.['vault_header'] })).toHaveLength(
    DUMP.length,
  );
});

test('200 comes when the object can be read and the row is there', async () => {
  const testbed = await open();
  expect((await fetch(`${testbed.url}/healthz`)).status).toBe(200);
  const id = await (await upload(testbed)).text();
  const [row] = await testbed.sql('select * from strict.dump where id = $1', [id]);
  expect(await testbed.intake.dumps.size(String(row?.['object_key']))).toBe(Number(row?.['sealed_bytes']));
});

test('what cannot be told to the queue is taken all the same', async () => {
  const alter = (intake: Intake): Intake => ({ ...intake, queue: { ...intake.queue, announceDump: () => undefined } });
  expect((await upload(await open({ alter }))).status).toBe(200);
});

describe('the answer is of the form that the project wants', () => {
  test('crashid', async () => {
    const answer = await upload(await open({ project: { answerStyle: 'crashid' } }));
    expect(await answer.text()).toMatch(/^CrashID=bp-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\n$/);
  });

  test('hex16: exactly those characters, and an alias of the dump and of its state', async () => {
    const testbed = await open({ project: { answerStyle: 'hex16' } });
    const alias = await (await upload(testbed)).text();
    expect(alias).toMatch(/^[0-9a-f]{16}$/);
    const rows = await testbed.sql(
      'select 1 from strict.dump join lenient.dump_state on id = dump_id where dump.alias = $1 and dump_state.alias = $1',
      [alias],
    );
    expect(rows).toHaveLength(1);
  });
});
