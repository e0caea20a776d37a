import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDump } from './harness/sample.js';
import { filesUnder, windowsOf } from './harness/search.js';
import { askReport, curlDump, untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

let vault: Vault;
beforeAll(async () => {
  vault = await startVault();
});
afterAll(async () => {
  await throwAway(vault);
});

/** The sample's stacks are full of this word where nothing else stands: the place of what a program leaves there. */
const JUNK = Buffer.from('junkjunk');

/** Random bytes in every place of a dump's stacks that the walk has no use for, and behind its end. */
function dumpWith(canary: Buffer): { readonly dump: Buffer; readonly places: number } {
  const dump = sampleDump();
  let places = 0;
  for (let at = dump.indexOf(JUNK); at >= 0; at = dump.indexOf(JUNK, at + JUNK.length)) {
    canary.copy(dump, at, (places % 4) * 8, (places % 4) * 8 + 8);
    places++;
  }
  return { dump: Buffer.concat([dump, canary]), places };
}

test('random bytes planted in a dump and beside it are in no row, answer, log or file', async () => {
  const canary = randomBytes(32);
  const { dump, places } = dumpWith(canary);
  expect(places).toBeGreaterThan(20);
  const file = join(vault.home, 'upload-of-this-test');
  writeFileSync(file, dump);
  const secret = canary.toString('base64url');
  const fields = {
    prod: 'Canary',
    ver: '1.0',
    token: `Bearer ${secret}`,
    log: canary.toString('hex'),
    [`key_${secret}`]: 'x',
  };
  const [ingestToken, readToken] = [await vault.token('ingest'), await vault.token('read')];
  const id = await curlDump(`${vault.ingest}/submit?token=${ingestToken}`, file, fields);
  const answer = await untilWalked(vault, readToken, id);
  expect(answer).toMatchObject({ state: 'done', report: { product: 'Canary', version: '1.0' } });
  const openapi = await (await fetch(`${vault.console}/api/openapi.json`)).text();
  const said = [
    JSON.stringify(answer),
    JSON.stringify(await askReport(vault, readToken, id)),
    openapi,
    vault.printed(),
  ].join('\n');
  const windows = windowsOf(canary);
  const holds = (bytes: Buffer): boolean => windows.some((window) => bytes.includes(window));
  // The search can find: the file that was sent holds what is looked for.
  expect(holds(readFileSync(file))).toBe(true);
  expect(holds(Buffer.from(said))).toBe(false);
  const rows = await allRows();
  expect(rows.length).toBeGreaterThan(10_000);
  expect(holds(rows)).toBe(false);
  // The file that this test itself wrote is the one that may.
  expect(filesUnder(vault.home).filter((path) => path !== file && holds(readFileSync(path)))).toEqual([]);
});

/** Every row of every table, the queue's too, as text: in its own files PostgreSQL may have compressed it. */
async function allRows(): Promise<Buffer> {
  const secrets = join(vault.home, 'secrets');
  const url = readdirSync(secrets)
    .map((name) => readFileSync(join(secrets, name), 'utf8').trim())
    .find((text) => /^postgres(?:ql)?:\/\/ck_owner/.test(text));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const found = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...found.rows.map(({ row }) => row));
  }
  await client.end();
  return Buffer.from(texts.join('\n'));
}
