import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { DUMP } from './multipart.testkit.js';

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed();
  token = await bed.token('ingest');
  for (const [place, field, pattern, action] of [
    [0, 'version', '1.*', 'reject'],
    [1, 'version', '2.*', 'fake-accept'],
    [2, 'version', '3.*', 'defer'],
  ]) {
    await bed.sql(
      `INSERT INTO lenient.throttle_rule (id, project, place, field, pattern, action, percent)
       VALUES (gen_random_uuid(), 'default', $1, $2, $3, $4, 100)`,
      [place, field, pattern, action],
    );
  }
});
afterAll(() => bed.close());

const send = (query: string, body: Buffer = DUMP): Promise<Response> =>
  fetch(`${bed.url}/submit?${query}`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
  });
const UUID = /^[0-9a-f-]{36}$/;

test('rules decide on the query string; counts say what became of uploads, and nothing of them', async () => {
  const canary = 'Zq7_canary';
  const rejected = await send(`version=1.2&product=${canary}`);
  expect(rejected.status).toBe(429);
  expect(await rejected.json()).toMatchObject({ code: 'ingest.throttled', blame: 'policy', retry: false });
  const faked = await send('version=2.0');
  expect(faked.status).toBe(200);
  const fakeId = await faked.text();
  expect(fakeId).toMatch(UUID);
  const [kept, deferred] = [await (await send('version=4.0')).text(), await (await send('ver=3.1')).text()];
  expect((await send('version=4.0', Buffer.from(canary))).status).toBe(400);
  const stored = await bed.sql('SELECT id::text FROM strict.dump');
  expect(stored.map((it) => it['id']).sort()).toEqual([kept, deferred].sort());
  await expect
    .poll(() => bed.sql('SELECT project, outcome, reason, count::int FROM lenient.ingest_hour ORDER BY 2, 3'), {
      timeout: 20_000,
    })
    .toEqual([
      { project: 'default', outcome: 'accepted', reason: '', count: 1 },
      { project: 'default', outcome: 'deferred', reason: '', count: 1 },
      { project: 'default', outcome: 'refused', reason: 'malformed_wrong_magic', count: 1 },
      { project: 'default', outcome: 'throttled', reason: 'fake-accept', count: 1 },
      { project: 'default', outcome: 'throttled', reason: 'reject', count: 1 },
    ]);
});
