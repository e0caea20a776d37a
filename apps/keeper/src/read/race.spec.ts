import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '@crashkeep/access';
import { endGrant } from '@crashkeep/strict-store';
import { KeeperTestbed, PROJECT, STACK } from '../keeper.testbed.js';

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
