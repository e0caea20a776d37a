import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newGrantId, newPersonId } from '@crashkeep/ids';
import { READS_PER_MINUTE, READ_BYTES_PER_MINUTE } from '@crashkeep/access';
import { revokeDevice } from '@crashkeep/strict-store';
import { type ProofSlip, SoftwareDevice } from '@crashkeep/testkit';
import { KeeperTestbed, PARTY, PLAIN_BYTES, STACK } from '../keeper.testbed.js';
import { ProofDesk } from './proof-desk.js';
import { ReadPace } from './read-pace.js';

let bed: KeeperTestbed;

beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterAll(() => bed.close());

test('exactly the bytes that were asked for, charged, and written down before they left', async () => {
  const id = await bed.live();
  const { plaintext, ...answer } = await bed.readAsked(id, [
    { address: '0x7f0000000064', length: 5_000 },
    { offset: STACK.offset, length: 16 },
  ]);
  const expected = Buffer.concat([
    bed.plaintext.subarray(STACK.offset + 100, STACK.offset + 5_100),
    bed.plaintext.subarray(STACK.offset, STACK.offset + 16),
  ]);
  expect(plaintext.equals(expected)).toBe(true);
  expect(answer).toMatchObject({ bytes: 5_016, budgetLeft: 194_984 });
  const [leaf] = (await bed.leaves(id)).filter(({ act }) => act === 'grant.read');
  expect(leaf).toEqual({
    ...{ act: 'grant.read', grant: id, version: 1, dump: bed.dump, requester: bed.people.engineer.id, bytes: 5_016 },
    ...{ left: 194_984, mask: expect.any(String) as string, hidden: 0 },
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
    const answer = await bed.readAsked(id, [range, range]);
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
      await expect(bed.read(id, STACK.offset, 1, other)).rejects.toThrow('access.not-requester');
      expect((await bed.leaves(id)).at(-1)).toMatchObject({ code: 'access.not-requester', person: other.id });
    }
    await expect(bed.read(id, STACK.offset, 1, { ...bed.people.engineer, id: newPersonId() })).rejects.toThrow(
      'access.not-requester',
    );
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
    await bed.read(id, STACK.offset, 1, someone);
    await bed.forge(`DELETE FROM identity.membership WHERE person_id = $1`, someone.id);
    await expect(bed.read(id, STACK.offset, 1, someone)).rejects.toThrow('access.role-lost');
    expect((await bed.grant(id)).state).toBe('revoked');
    expect((await bed.leaves(id)).map(({ act }) => act)).toContain('grant.revoked');
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
    await expect(bed.read(id, STACK.offset, 1, someone)).rejects.toThrow('access.role-lost');
    await bed.forge(`DELETE FROM identity.room_role WHERE person_id = $1`, someone.id);
    await bed.forge(`UPDATE identity.person SET disabled_at = now() WHERE id = $1`, someone.id);
    await expect(bed.read(id, STACK.offset, 1, someone)).rejects.toThrow('access.role-lost');
    expect((await bed.grant(id)).state).toBe('revoked');
  });

  test('shredded', async () => {
    const id = await bed.live();
    await bed.forge('UPDATE strict.dump SET shredded_at = now() WHERE id = $1', bed.dump);
    await expect(bed.read(id, STACK.offset, 1)).rejects.toThrow('access.dump-gone');
    await bed.forge('UPDATE strict.dump SET shredded_at = NULL WHERE id = $1', bed.dump);
  });
});

describe('from which device', () => {
  const asked = [{ offset: STACK.offset, length: 8 }];
  const { origin } = PARTY;

  test('none, another’s, another of the same person', async () => {
    const [id, { engineer, security }] = [await bed.live(), bed.people];
    const bare = { grant: id, person: engineer.id, via: 'GET', proof: null, asked, located: null } as const;
    await expect(bed.client.read(bare)).rejects.toThrow('access.proof-missing');
    for (const device of [security.device, await SoftwareDevice.make()]) {
      await expect(bed.readAsked(id, asked, { id: engineer.id, device })).rejects.toThrow('access.proof-other-device');
    }
    expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', asked });
    expect((await bed.grant(id)).usedBytes).toBe(0);
  });

  test.each<[string, ProofSlip, string]>([
    ['another method', { htm: 'POST' }, 'access.proof-refused'],
    ['another origin', { htu: 'http://localhost:8080/api/v1/grants/x/bytes' }, 'access.proof-refused'],
    ['other ranges', { asked: [{ offset: STACK.offset, length: 9 }] }, 'access.proof-refused'],
    ['a nonce that nobody gave', { nonce: 'AAAA' }, 'access.proof-stale'],
    ['a nonce that another keeper gave', { nonce: new ProofDesk(PARTY.origin).nonce() }, 'access.proof-stale'],
  ])('a proof for %s', async (_what, slip, code) => {
    const id = await bed.live();
    await expect(bed.readAsked(id, asked, bed.people.engineer, slip)).rejects.toThrow(code);
    expect((await bed.grant(id)).usedBytes).toBe(0);
  });

  test('for another grant, and the same proof twice', async () => {
    const [id, other, { engineer }] = [await bed.live(), await bed.live(), bed.people];
    const nonce = await bed.client.nonce();
    const proof = await engineer.device.proofOfRead(origin, id, { asked, nonce });
    const request = { grant: id, person: engineer.id, via: 'GET', proof, asked, located: null } as const;
    await expect(bed.client.read({ ...request, grant: other })).rejects.toThrow('access.proof-refused');
    expect((await bed.client.read(request)).bytes).toBe(8);
    await expect(bed.client.read(request)).rejects.toThrow('access.proof-replayed');
    expect((await bed.grant(id)).usedBytes).toBe(8);
  });

  test('an old nonce, by the keeper’s clock; the device’s own clock does not matter', async () => {
    const [desk, { device }] = [new ProofDesk(origin), bed.people.engineer];
    const grant = newGrantId();
    const proved = async (nonce: string, now: number): Promise<void> => {
      const proof = await device.proofOfRead(origin, grant, { asked, nonce });
      await desk.require({ grant, via: 'GET', proof, asked }, device.thumbprint, now);
    };
    const hourAgo = Date.now() - 3_600_000;
    await proved(desk.nonce(hourAgo), hourAgo + 119_000);
    await expect(proved(desk.nonce(hourAgo), hourAgo + 120_000)).rejects.toThrow('access.proof-stale');
    await expect(proved(desk.nonce(hourAgo), hourAgo - 1)).rejects.toThrow('access.proof-stale');
  });

  test('revoked: the grant ends with it, and a row that says otherwise does not help', async () => {
    const [who, by] = [await bed.someone('engineer'), bed.people.security.id];
    const id = await bed.request({}, who);
    await bed.approve(id);
    await bed.activate(id, who);
    await bed.read(id, STACK.offset, 1, who);
    await bed.strict.transaction((rows) => revokeDevice(rows, who.device.thumbprint, by));
    await expect(bed.read(id, STACK.offset, 1, who)).rejects.toThrow('access.revoked');
    const again = await bed.request({}, who);
    await bed.approve(again);
    await bed.activate(again, who);
    await expect(bed.read(again, STACK.offset, 1, who)).rejects.toThrow('access.device-revoked');
  });
});

test('how fast: a grant gives so many bytes a minute, whatever its budget', () => {
  const [pace, id, now] = [new ReadPace(), newGrantId(), Date.now()];
  for (let at = 0; at < READ_BYTES_PER_MINUTE / 65_536; at++) pace.require(id, 65_536, now);
  expect(() => {
    pace.require(id, 1, now + 59_999);
  }).toThrow('access.too-fast');
  pace.require(newGrantId(), 65_536, now);
  pace.require(id, 1, now + 60_000);
  for (let at = 1; at < READS_PER_MINUTE; at++) pace.require(id, 1, now + 60_000);
  expect(() => {
    pace.require(id, 1, now + 60_001);
  }).toThrow('access.too-fast');
});

describe('what is no memory', () => {
  test('registers by their place; the whole file by places that the map gives, and no part of it twice as long', async () => {
    const registers = { address: null, part: null, offset: 1_000, length: 716 };
    const id = await bed.live({ scope: { kind: 'registers', threads: [0] }, ranges: [registers] });
    expect((await bed.read(id, 1_000, 716)).equals(bed.plaintext.subarray(1_000, 1_716))).toBe(true);
    await expect(bed.read(id, 999, 1)).rejects.toThrow('access.outside-scope');
    await expect(bed.readAsked(id, [{ address: '0x1000', length: 1 }])).rejects.toThrow('access.outside-scope');

    const file = { address: null, part: null, offset: 0, length: PLAIN_BYTES };
    const asked = [{ address: '0x1000', length: 32 }];
    const whole = await bed.request({ scope: { kind: 'whole' }, ranges: [file], minutes: 5 });
    await bed.approve(whole);
    await bed.activate(whole);
    await expect(bed.readAsked(whole, asked)).rejects.toThrow('access.approval-missing');
    const both = await bed.request({ scope: { kind: 'whole' }, ranges: [file], minutes: 5 });
    await bed.approve(both);
    await bed.forge(`UPDATE strict.access_grant SET state = 'requested' WHERE id = $1`, both);
    await bed.approve(both, bed.people.admin);
    await bed.activate(both);
    const { engineer } = bed.people;
    const read = async (located: { offset: number; length: number }[] | null): Promise<Buffer> => {
      const proof = await engineer.device.proofOfRead(PARTY.origin, both, { asked, nonce: await bed.client.nonce() });
      return (await bed.client.read({ grant: both, person: engineer.id, via: 'GET', proof, asked, located })).plaintext;
    };
    expect((await read([{ offset: 5, length: 32 }])).equals(bed.plaintext.subarray(5, 37))).toBe(true);
    await expect(read([{ offset: 5, length: 33 }])).rejects.toThrow('access.outside-scope');
    await expect(read([{ offset: PLAIN_BYTES - 31, length: 32 }])).rejects.toThrow('access.outside-scope');
    await expect(read(null)).rejects.toThrow('access.outside-scope');
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
    const stranger = { ...bed.people.engineer, id: newPersonId() };
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
