import { createHash } from 'node:crypto';
import { parseVerifierKey, verifyReceipt } from '@crashkeep/ledger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { DUMP } from './multipart.testkit.js';
import { SequencerStandIn } from './sequence.testbed.js';

let bed: Testbed;
let sequencer: SequencerStandIn;
beforeEach(async () => {
  bed = await openTestbed();
  sequencer = new SequencerStandIn(bed.sql);
});
afterEach(() => bed.close());

async function upload(token: string, body = DUMP): Promise<string> {
  const answer = await fetch(`${bed.url}/submit?token=${token}`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status).toBe(200);
  return (await answer.text()).trim();
}

const ask = (token: string, dump: string) =>
  fetch(`${bed.url}/receipts/${dump}`, { headers: { authorization: `Bearer ${token}` } });

test('who uploaded gets a proof that holds offline, with a hash of what was sent', async () => {
  const token = await bed.token('ingest');
  await upload(token);
  const id = await upload(token);
  const early = await ask(token, id);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  await sequencer.sequence();
  const answer = await ask(token, id);
  expect(answer.status).toBe(200);
  const { findings, entry } = verifyReceipt(await answer.text(), [], {
    keys: [parseVerifierKey(sequencer.key)],
    witnesses: [],
    remembered: null,
  });
  expect(findings).toEqual([]);
  const leaf = entry?.leaf as { act: string; dump: string; content: { salt: string; sha256: string } };
  expect(leaf).toMatchObject({ act: 'dump.received', dump: id, bytes: DUMP.length });
  const hashed = createHash('sha256').update(Buffer.from(leaf.content.salt, 'hex')).update(DUMP).digest('hex');
  expect(leaf.content.sha256).toBe(hashed);
  const ledger = await fetch(`${bed.url}/ledger`, { headers: { authorization: `Bearer ${token}` } });
  expect(await ledger.json()).toEqual({ key: sequencer.key, successions: [] });
});

test.each(['another token', 'a symbols token', 'no such dump', 'no id'])('%s gets none', async (who) => {
  const token = await bed.token('ingest');
  const id = await upload(token);
  await sequencer.sequence();
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
  await sequencer.sequence();
  await bed.sql(
    `SET session_replication_role = replica; UPDATE ledger.leaf SET created_at = created_at + interval '1 day'`,
  );
  expect((await ask(token, id)).status).toBe(503);
});
