import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeeperTestbed } from '../keeper.testbed.js';
import { tickGrants } from './grant-clock.js';

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
});
afterAll(() => bed.close());

test('what time has ended is ended, with a leaf; the console learns how many', async () => {
  await bed.forge(
    `INSERT INTO lenient.dump_state (dump_id, project, received_at, held_until, dump_bytes)
      SELECT id, project, received_at, retain_until, plain_bytes FROM strict.dump`,
  );
  const [asked, approved, open, waiting] = [
    await bed.request(),
    await bed.request(),
    await bed.live(),
    await bed.request(),
  ];
  await bed.approve(approved);
  const yesterday = `now() - interval '24 hours 1 second'`;
  await bed.forge(`UPDATE strict.access_grant SET created_at = ${yesterday} WHERE id = $1`, asked);
  await bed.forge(`UPDATE strict.access_grant SET decided_at = ${yesterday} WHERE id = $1`, approved);
  await bed.forge(`UPDATE strict.access_grant SET expires_at = now() WHERE id = $1`, open);
  await tickGrants(bed.rooms.store, bed.rooms.trust);
  const states = await Promise.all([asked, approved, open, waiting].map(async (id) => (await bed.grant(id)).state));
  expect(states).toEqual(['lapsed', 'lapsed', 'expired', 'requested']);
  for (const id of [asked, approved, open]) {
    expect((await bed.leaves(id)).map(({ act }) => act)).toEqual([id === open ? 'grant.expired' : 'grant.lapsed']);
  }
  await tickGrants(bed.rooms.store, bed.rooms.trust);
  const { rows } = await bed.sql.query('SELECT grants_open, grants_ended FROM lenient.dump_state');
  expect(rows).toEqual([{ grants_open: 1, grants_ended: 3 }]);
});
