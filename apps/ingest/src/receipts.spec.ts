import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  entryOf,
  grow,
  noteText,
  parseVerifierKey,
  signNote,
  verifierKeyText,
  verifierOf,
  verifyReceipt,
} from '@crashkeep/ledger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { DUMP } from './multipart.testkit.js';

let bed: Testbed;
beforeEach(async () => {
  bed = await openTestbed();
});
afterEach(() => bed.close());

const signer = { name: 'ledger.example', privateKey: generateKeyPairSync('ed25519').privateKey };
const key = verifierKeyText(verifierOf(signer, 'note'));

async function upload(token: string, body = DUMP): Promise<string> {
  const answer = await fetch(`${bed.url}/submit?token=${token}`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status).toBe(200);
  return (await answer.text()).trim();
}

/** What the sequencer does, in a few statements: number, sign, note. */
async function sequence(): Promise<void> {
  const rows = await bed.sql('SELECT * FROM ledger.leaf ORDER BY created_at');
  const entries = rows.map((row) =>
    entryOf({ ...(row as unknown as Parameters<typeof entryOf>[0]), at: row['created_at'] as Date }),
  );
  const { head } = grow({ size: 0, edge: [] }, [], entries);
  for (const [seq, row] of rows.entries())
    await bed.sql('UPDATE ledger.leaf SET seq = $1 WHERE id = $2 AND seq IS NULL', [seq, row['id']]);
  const text = checkpointText({ origin: signer.name, ...head });
  const note = noteText({ text, signatures: [signNote(signer, text)] });
  await bed.sql('UPDATE ledger.sequencer SET size = $1, note = $2, first_key = $3', [head.size, note, key]);
}

const ask = (token: string, dump: string) =>
  fetch(`${bed.url}/receipts/${dump}`, { headers: { authorization: `Bearer ${token}` } });

test('who uploaded gets a proof that holds offline, with a hash of what was sent', async () => {
  const token = await bed.token('ingest');
  await upload(token);
  const id = await upload(token);
  const early = await ask(token, id);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  await sequence();
  const answer = await ask(token, id);
  expect(answer.status).toBe(200);
  const { findings, entry } = verifyReceipt(await answer.text(), [], {
    keys: [parseVerifierKey(key)],
    witnesses: [],
    remembered: null,
  });
  expect(findings).toEqual([]);
  const leaf = entry?.leaf as { act: string; dump: string; content: { salt: string; sha256: string } };
  expect(leaf).toMatchObject({ act: 'dump.received', dump: id, bytes: DUMP.length });
  const hashed = createHash('sha256').update(Buffer.from(leaf.content.salt, 'hex')).update(DUMP).digest('hex');
  expect(leaf.content.sha256).toBe(hashed);
  const ledger = await fetch(`${bed.url}/ledger`, { headers: { authorization: `Bearer ${token}` } });
  expect(await ledger.json()).toEqual({ key, successions: [] });
});

test.each(['another token', 'a symbols token', 'no such dump', 'no id'])('%s gets none', async (who) => {
  const token = await bed.token('ingest');
  const id = await upload(token);
  await sequence();
  const asker =
    who === 'another token'
      ? await bed.token('ingest')
      : who === 'a symbols token'
        ? await bed.token('symbols')
        : token;
  const dump = who === 'no such dump' ? '00000000-0000-4000-8000-000000000000' : who === 'no id' ? "'; --" : id;
  expect((await ask(asker, dump)).status).toBe(who === 'a symbols token' ? 401 : 404);
});

test('a receipt that the sender would refuse is not given: rows that make another tree', async () => {
  const token = await bed.token('ingest');
  const id = await upload(token);
  await sequence();
  await bed.sql(
    `SET session_replication_role = replica; UPDATE ledger.leaf SET created_at = created_at + interval '1 day'`,
  );
  expect((await ask(token, id)).status).toBe(503);
});
