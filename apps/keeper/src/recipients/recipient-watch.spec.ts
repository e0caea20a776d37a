import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyRecipient } from '@crashkeep/envelope';
import { Identity } from '@crashkeep/unseal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeeperTestbed } from '../keeper.testbed.js';
import { FileKeyProvider } from '../keys/file-key-provider.js';
import { publishStatementKey } from '../keys/statement-key.js';
import { extractionRecipients } from './extraction-files.js';
import { RecipientWatch } from './recipient-watch.js';
import { vaultMonths } from './vault-months.js';

let bed: KeeperTestbed;
let folder: string;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  folder = await mkdtemp(join(tmpdir(), 'ck-keys-'));
});
afterAll(async () => {
  await bed.close();
  await rm(folder, { recursive: true });
});

test('a project has its month and those ahead, signed; a day has what a worker made', async () => {
  const { rows } = await bed.sql.query<Record<'kind' | 'project' | 'period' | 'recipient' | 'signature', string>>(
    'SELECT kind, project, period, recipient, signature FROM strict.recipient ORDER BY kind, period',
  );
  const now = new Date();
  expect(rows.map(({ kind, period }) => `${kind} ${period}`)).toEqual([
    `extraction ${now.toISOString().slice(0, 10)}`,
    ...vaultMonths(now).map((month) => `vault ${month}`),
  ]);
  const key = createPublicKey(bed.rooms.keys.statementKey);
  for (const row of rows) {
    const statement = { ...row, kind: row.kind === 'vault' ? ('vault' as const) : ('extraction' as const) };
    expect(verifyRecipient(statement, row.signature, key)).toBe(true);
  }
  const status = await bed.client.recipients();
  expect(status.vault).toEqual([{ project: 'default', months: vaultMonths(now) }]);
  expect(status.extraction).toHaveLength(1);
});

test('each is a leaf, once', async () => {
  await new RecipientWatch(bed.rooms).look(new Date());
  const { rows } = await bed.sql.query(`SELECT FROM ledger.leaf WHERE body LIKE '%"recipient.made"%'`);
  const known = await bed.sql.query('SELECT FROM strict.recipient');
  expect(rows).toHaveLength(known.rows.length);
});

test('a keeper with other keys signs nothing over what is there', async () => {
  const keys = await FileKeyProvider.open(join(folder, 'other'));
  const before = await bed.sql.query('SELECT recipient FROM strict.recipient ORDER BY id');
  await new RecipientWatch({ ...bed.rooms, keys }).look(new Date());
  expect((await bed.sql.query('SELECT recipient FROM strict.recipient ORDER BY id')).rows).toEqual(before.rows);
  expect(bed.logged.join('\n')).toContain('keeper.recipient-differs');
});

test('months over the turn of a year', () => {
  expect(vaultMonths(new Date('2026-11-24T22:00:00Z'))).toEqual(['2026-11', '2026-12', '2027-01']);
  expect(vaultMonths(new Date('2027-01-31T23:59:59Z'))).toEqual(['2027-01', '2027-02', '2027-03']);
});

test('only recipients of today and the next days are taken from the shared folder', async () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const { recipient } = Identity.generate();
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-28']) {
    await writeFile(join(folder, `${day}.recipient`), recipient);
  }
  await writeFile(join(folder, '2026-11-25.recipient'), 'age1nonsense');
  await writeFile(join(folder, '2026-11-26.identity'), Identity.generate().exportSecret());
  expect((await extractionRecipients(folder, now)).map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-27']);
  expect(await extractionRecipients(join(folder, 'nowhere'), now)).toEqual([]);
});

test('keys are files of mode 0600 and the same after a restart', async () => {
  const home = join(folder, 'keys');
  const name = { project: 'default', month: '2026-11' };
  const first = await FileKeyProvider.open(home);
  const recipient = await first.vaultRecipient(name);
  const second = await FileKeyProvider.open(home);
  expect(await second.vaultRecipient(name)).toBe(recipient);
  expect(second.statementKey).toBe(first.statementKey);
  for (const file of ['statement.key', 'vault/default/2026-11.identity']) {
    expect((await stat(join(home, file))).mode & 0o777).toBe(0o600);
  }
  await expect(second.vaultRecipient({ project: '../..', month: '2026-11' })).rejects.toThrow('keeper.malformed-name');
});

test("the statement key's public half is put down once, and another's is not written over", async () => {
  const path = join(folder, 'statement.pub');
  const [mine, other] = [await FileKeyProvider.open(join(folder, 'a')), await FileKeyProvider.open(join(folder, 'b'))];
  expect(await publishStatementKey(path, mine.statementKey)).toBe(true);
  expect(await publishStatementKey(path, mine.statementKey)).toBe(true);
  expect(await publishStatementKey(path, other.statementKey)).toBe(false);
});
