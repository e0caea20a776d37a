import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '@crashkeep/access';
import type { GrantId } from '@crashkeep/ids';
import { endGrant, endStatement, listStatements, revokeDevice, revokeGrants } from '@crashkeep/strict-store';
import { KeeperTestbed, PROJECT, STACK, type Someone } from '../keeper.testbed.js';

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterAll(() => bed.close());

test('a hundred reads at once never take more than the budget', async () => {
  const id = await bed.live({ bytes: 1_000 });
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => bed.read(id, STACK.offset, 16)));
  const given = results.filter(({ status }) => status === 'fulfilled').length;
  const grant = await bed.grant(id);
  expect(given).toBe(62);
  expect(grant.usedBytes).toBe(992);
  const leaves = await bed.leaves(id);
  expect(leaves.filter(({ act }) => act === 'grant.read')).toHaveLength(62);
  expect(leaves.filter(({ code }) => code === 'access.over-budget')).toHaveLength(38);
  const left = leaves.filter(({ act }) => act === 'grant.read').map((leaf) => leaf['left']);
  expect(new Set(left).size).toBe(62);
});

test('the read that takes the last byte ends the grant', async () => {
  const id = await bed.live({ bytes: 64 });
  expect(await bed.read(id, STACK.offset, 64)).toHaveLength(64);
  expect(await bed.grant(id)).toMatchObject({ state: 'exhausted', usedBytes: 64 });
  expect((await bed.leaves(id)).map(({ act }) => act)).toContain('grant.exhausted');
  await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.exhausted');
});

/** What takes a right away, each as its process does it. */
const ACTS: [string, (grant: { id: GrantId; who: Someone; approver: Someone }) => Promise<unknown>][] = [
  [
    'a device that is revoked',
    ({ who, approver }) => bed.strict.transaction((rows) => revokeDevice(rows, who.device.thumbprint, approver.id)),
  ],
  [
    'a membership that the console takes',
    ({ who }) => bed.forge('DELETE FROM identity.membership WHERE person_id = $1', who.id),
  ],
  [
    'a requester who is disabled',
    ({ who }) => bed.forge('UPDATE identity.person SET disabled_at = now() WHERE id = $1', who.id),
  ],
  [
    'an approver who is disabled',
    ({ approver }) => bed.forge('UPDATE identity.person SET disabled_at = now() WHERE id = $1', approver.id),
  ],
  [
    'a statement that is ended, with the grants that fall',
    ({ id, approver }) =>
      bed.strict.transaction(async (rows) => {
        const live = (await listStatements(rows)).filter(({ text }) => text.includes(approver.id));
        for (const statement of live) await endStatement(rows, statement.id, approver.id);
        await revokeGrants(rows, [id], approver.id);
      }),
  ],
];

/**
 * The act waits for the row that the read has charged, or the read for the row that the act has written: both orders, and reads
 * that run throughout. What was charged when the act had committed is all that is ever charged.
 */
test.each(ACTS)('no charge commits after %s', async (_what, act) => {
  for (let round = 0; round < 6; round++) {
    const [who, approver] = [await bed.someone('engineer'), await bed.someone('security')];
    const id = await bed.request({ bytes: 100_000 }, who);
    await bed.approve(id, approver);
    await bed.activate(id, who);
    const read = (): Promise<unknown> => bed.read(id, STACK.offset, 16, who).catch((error: unknown) => error);
    const before = Array.from({ length: round }, read);
    const acted = act({ id, who, approver }).then(async () => (await bed.grant(id)).usedBytes);
    const during = Array.from({ length: 6 }, read);
    const [atAct] = await Promise.all([acted, ...before, ...during]);
    const after = await bed.grant(id);
    expect(after.state).toBe('revoked');
    expect(after.usedBytes).toBe(atAct);
    expect(await read()).toBeInstanceOf(Error);
    expect((await bed.grant(id)).usedBytes).toBe(atAct);
  }
});

/** Both orders for certain: one side holds the row while the other waits for it. */
test.each(['the act first', 'the read first'])('interleaved: %s', async (order) => {
  const who = await bed.someone('engineer');
  const id = await bed.request({ bytes: 1_000 }, who);
  await bed.approve(id);
  await bed.activate(id, who);
  const client = await bed.sql.connect();
  await client.query('BEGIN');
  if (order === 'the act first') {
    await client.query(`UPDATE strict.access_grant SET state = 'revoked' WHERE id = $1`, [id]);
    const read = bed.read(id, STACK.offset, 16, who).catch((error: unknown) => error);
    await untilSomebodyWaits();
    await client.query('COMMIT');
    expect(String(await read)).toContain('access.revoked');
    expect((await bed.grant(id)).usedBytes).toBe(0);
  } else {
    await client.query('UPDATE strict.access_grant SET used_bytes = used_bytes + 16 WHERE id = $1', [id]);
    const revoked = bed.forge(`UPDATE strict.access_grant SET state = 'revoked' WHERE id = $1`, id);
    await untilSomebodyWaits();
    await client.query('COMMIT');
    await revoked;
    expect(await bed.grant(id)).toMatchObject({ state: 'revoked', usedBytes: 16 });
    await expect(bed.read(id, STACK.offset, 16, who)).rejects.toThrow('access.revoked');
  }
  client.release();
});

async function untilSomebodyWaits(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await bed.sql.query(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length;
    })
    .toBeGreaterThan(0);
}

test('no charge commits after a revoke has', async () => {
  const { security } = bed.people;
  for (let round = 0; round < 20; round++) {
    // Refused reads count against a person: each round has its own.
    const engineer = await bed.someone('engineer');
    const id = await bed.request({ bytes: 100_000 }, engineer);
    await bed.approve(id);
    await bed.activate(id, engineer);
    const read = (): Promise<unknown> => bed.read(id, STACK.offset, 16, engineer);
    const reads = Array.from({ length: 10 }, () => read().catch((error: unknown) => error));
    const permit = decide(security.actor, 'grant.revoke', { project: PROJECT, requester: engineer.id });
    const atRevoke = bed.strict.transaction(async (rows) => {
      await endGrant(rows, 'revoke', id, permit);
      return rows.$queryRaw<
        { used: bigint }[]
      >`SELECT used_bytes AS used FROM strict.access_grant WHERE id = ${id}::uuid`;
    });
    const [[row]] = await Promise.all([atRevoke, ...reads]);
    expect((await bed.grant(id)).usedBytes).toBe(Number(row?.used));
    await expect(read()).rejects.toThrow('access.revoked');
  }
});
