import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newGrantId, newPersonId } from '@crashkeep/ids';
import { KeeperTestbed, PLAIN_BYTES, STACK } from '../keeper.testbed.js';

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterAll(() => bed.close());

test('exactly the bytes that were asked for, charged, and written down before they left', async () => {
  const id = await bed.live();
  const { plaintext, ...answer } = await bed.client.read({
    grant: id,
    person: bed.people.engineer.id,
    ranges: [
      { offset: STACK.offset + 100, length: 5_000 },
      { offset: STACK.offset, length: 16 },
    ],
  });
  const expected = Buffer.concat([
    bed.plaintext.subarray(STACK.offset + 100, STACK.offset + 5_100),
    bed.plaintext.subarray(STACK.offset, STACK.offset + 16),
  ]);
  expect(plaintext.equals(expected)).toBe(true);
  expect(answer).toMatchObject({ bytes: 5_016, budgetLeft: 194_984 });
  const [leaf] = (await bed.leaves(id)).filter(({ act }) => act === 'grant.read');
  expect(leaf).toEqual({
    ...{ act: 'grant.read', grant: id, version: 1, dump: bed.dump, requester: bed.people.engineer.id, bytes: 5_016 },
    left: 194_984,
    ranges: [
      { offset: 70_100, length: 5_000 },
      { offset: 70_000, length: 16 },
    ],
  });
});

test('the holder of the root passkey may approve', async () => {
  const id = await bed.live({}, bed.people.admin);
  expect((await bed.read(id, STACK.offset, 8)).equals(bed.plaintext.subarray(70_000, 70_008))).toBe(true);
});

describe('outside the scope is no byte', () => {
  let id: Awaited<ReturnType<KeeperTestbed['live']>>;
  beforeAll(async () => {
    id = await bed.live();
  });

  test.each([
    ['the byte before', STACK.offset - 1, 1, 'access.outside-scope'],
    ['the byte after', STACK.offset + STACK.length, 1, 'access.outside-scope'],
    ['over the front edge', STACK.offset - 1, 2, 'access.outside-scope'],
    ['over the back edge', STACK.offset + STACK.length - 1, 2, 'access.outside-scope'],
    ['all of the file', 0, PLAIN_BYTES, 'access.outside-scope'],
    ['past the end of the file', PLAIN_BYTES - 1, 16, 'access.outside-scope'],
    ['nothing', STACK.offset, 0, 'access.range-empty'],
    ['more than one read may give', STACK.offset, 65_537, 'access.read-too-long'],
  ])('%s', async (_what, offset, length, code) => {
    await expect(bed.read(id, offset, length)).rejects.toThrow(code);
    expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', code, person: bed.people.engineer.id });
    expect((await bed.grant(id)).usedBytes).toBe(0);
  });

  test.each([
    ['a negative offset', -1, 1],
    ['a negative length', STACK.offset, -1],
    ['2^53 + 1', 2 ** 53 + 2, 1],
    ['half a byte', 70_000.5, 1],
  ])('%s never crosses the wire', async (_what, offset, length) => {
    await expect(bed.read(id, offset, length)).rejects.toThrow(/^keeper\.(?:away|malformed)$/);
    expect((await bed.grant(id)).usedBytes).toBe(0);
  });

  test('a range that overlaps another is charged twice, and stays inside', async () => {
    const range = { offset: STACK.offset, length: 10 };
    const answer = await bed.client.read({ grant: id, person: bed.people.engineer.id, ranges: [range, range] });
    expect(answer.bytes).toBe(20);
    expect((await bed.grant(id)).usedBytes).toBe(20);
  });
});

describe('who, when and in what state', () => {
  test('a grant that is not there', async () => {
    await expect(bed.read(newGrantId(), STACK.offset, 1)).rejects.toThrow('access.grant-unknown');
  });

  test("another person's grant", async () => {
    const id = await bed.live();
    for (const other of [await bed.someone('engineer'), bed.people.security, bed.people.admin]) {
      await expect(bed.read(id, STACK.offset, 1, other.id)).rejects.toThrow('access.not-requester');
      expect((await bed.leaves(id)).at(-1)).toMatchObject({ code: 'access.not-requester', person: other.id });
    }
    await expect(bed.read(id, STACK.offset, 1, newPersonId())).rejects.toThrow('access.not-requester');
  });

  test('asked and approved is not open', async () => {
    const id = await bed.request();
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.not-active');
    await bed.approve(id);
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.not-active');
  });

  test('over, by the clock of the database', async () => {
    const id = await bed.live();
    await bed.forge(`UPDATE strict.access_grant SET expires_at = clock_timestamp() WHERE id = $1`, id);
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.expired');
    await expect.poll(async () => (await bed.grant(id)).state, { timeout: 10_000 }).toBe('expired');
    expect((await bed.leaves(id)).map(({ act }) => act)).toContain('grant.expired');
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.expired');
  });

  test('an engineer no more', async () => {
    const someone = await bed.someone('engineer');
    const id = await bed.request({}, someone);
    await bed.approve(id);
    await bed.activate(id, someone);
    await bed.read(id, STACK.offset, 1, someone.id);
    await bed.forge(`DELETE FROM identity.membership WHERE person_id = $1`, someone.id);
    await expect(bed.read(id, STACK.offset, 1, someone.id)).rejects.toThrow('access.role-lost');
  });

  test('an engineer who became security there, and one who was disabled', async () => {
    const someone = await bed.someone('engineer');
    const id = await bed.request({}, someone);
    await bed.approve(id);
    await bed.activate(id, someone);
    await bed.forge(
      `INSERT INTO identity.room_role (person_id, project, role) VALUES ($1, '*', 'security')`,
      someone.id,
    );
    await expect(bed.read(id, STACK.offset, 1, someone.id)).rejects.toThrow('access.role-lost');
    await bed.forge(`DELETE FROM identity.room_role WHERE person_id = $1`, someone.id);
    await bed.forge(`UPDATE identity.person SET disabled_at = now() WHERE id = $1`, someone.id);
    await expect(bed.read(id, STACK.offset, 1, someone.id)).rejects.toThrow('access.role-lost');
  });

  test('shredded', async () => {
    const id = await bed.live();
    await bed
      .forge(`UPDATE strict.dump SET vault_header = NULL WHERE id = $1 RETURNING id`, bed.dump)
      .catch(() => null);
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.dump-gone');
  });
});

describe('flood', () => {
  beforeEach(async () => {
    await bed.close();
    bed = await KeeperTestbed.open();
    await bed.pinRoot();
  });

  test('after sixty refusals a person waits, and others do not', async () => {
    const id = await bed.live();
    const stranger = newPersonId();
    const codes = new Map<string, number>();
    for (let at = 0; at < 70; at++) {
      await bed.read(id, STACK.offset, 1, stranger).catch((error: unknown) => {
        const code = error instanceof Error ? error.message : '';
        codes.set(code, (codes.get(code) ?? 0) + 1);
      });
    }
    expect(Object.fromEntries(codes)).toEqual({ 'access.not-requester': 60, 'keeper.too-many-refusals': 10 });
    expect((await bed.leaves(id)).filter(({ act }) => act === 'read.denied')).toHaveLength(60);
    expect(await bed.read(id, STACK.offset, 4)).toHaveLength(4);
  });
});
