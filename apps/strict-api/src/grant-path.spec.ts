import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GrantId } from '@crashkeep/ids';
import { type Member, REASON, RoomTestbed, STACK_0, decideBy, readBytes } from './room.testbed.js';

let bed: RoomTestbed;
let admin: Member;
let security: Member;
let engineer: Member;

beforeAll(async () => {
  bed = await RoomTestbed.open();
  admin = await bed.firstAdmin();
  security = await bed.invited(admin, 'security');
  engineer = await bed.engineer();
});
afterAll(() => bed.close());

const read = readBytes;

test('asked, approved, opened, read, revoked, refused; each step is a leaf', async () => {
  const context = await engineer.visitor.expect(200, 'GET', `/dumps/${bed.dump}/context`);
  expect(context).toMatchObject({
    dump: { id: bed.dump, project: 'default', plain_bytes: 200_000 },
    report: null,
    map: {
      threads: [
        { index: 0, id: 4711, crashed: false, registers_bytes: 716 },
        { index: 1, id: 4712, crashed: true, stack: { address: '0x7f0000100000', size: 4_096 }, registers_bytes: 0 },
        { index: 2, id: 4713, crashed: false, stack: null },
      ],
      regions: [
        { address: '0x1000', size: 8_192 },
        { address: '0x7f0000000000', size: 90_000 },
        { address: '0x7f0000100000', size: 4_096 },
      ],
    },
    may: { request: true },
  });

  const id = await bed.request(engineer);
  const waiting = await security.visitor.expect(200, 'GET', '/grants?view=to-decide');
  expect(waiting['grants']).toMatchObject([
    { id, state: 'requested', reason: REASON, scope_bytes: 90_000, bytes: 135_168 },
  ]);

  const decided = await decideBy(security, id, { decision: 'approve', version: 1 }, 'only this once');
  expect(decided).toMatchObject({
    state: 'approved',
    approvals: [
      { decision: 'approve', version: 1, note: 'only this once', current: true, approver: { id: security.id } },
    ],
    may: { decide: false, activate: false, revoke: true },
  });
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${id}`))['may']).toMatchObject({
    activate: true,
    read: false,
  });

  const opened = await engineer.visitor.expect(200, 'POST', `/grants/${id}/activate`, {});
  const minutes = (Date.parse(String(opened['expires_at'])) - Date.parse(String(opened['activated_at']))) / 60_000;
  expect([opened['state'], Math.round(minutes)]).toEqual(['active', 30]);

  const { bytes, headers, status } = await read(engineer, id, '0x7f0000000010', 4_096);
  expect(status).toBe(200);
  expect(bytes.equals(bed.plaintext.subarray(STACK_0.offset + 16, STACK_0.offset + 16 + 4_096))).toBe(true);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('x-crashkeep-budget-left')).toBe(String(135_168 - 4_096));
  expect(headers.get('x-crashkeep-expires')).toBe(opened['expires_at']);

  await security.visitor.expect(200, 'POST', `/grants/${id}/revoke`, {});
  const refused = await read(engineer, id, '0x7f0000000010', 16);
  expect(refused.json).toMatchObject({ status: 403, code: 'access.revoked', blame: 'policy', retry: false });

  const acts = (await bed.leaves(id)).map((leaf) => leaf['act']);
  expect(acts).toEqual([
    'grant.requested',
    'grant.approved',
    'grant.activated',
    'grant.read',
    'grant.revoked',
    'read.denied',
  ]);
  const { reads } = await engineer.visitor.expect(200, 'GET', `/grants/${id}/reads`);
  expect(reads).toMatchObject([
    { refused: 'access.revoked', ranges: [{ address: '0x7f0000000010', length: 16 }], bytes: 0 },
    {
      refused: null,
      ranges: [{ address: '0x7f0000000010', length: 4_096 }],
      bytes: 4_096,
      leaf: headers.get('x-crashkeep-leaf'),
    },
  ]);
});

test('memory ranges: neighbours in memory that lie apart in the file come as one', async () => {
  const scope = { kind: 'memory', ranges: [{ address: '0x1f00', length: 0x200 }] };
  const id = await bed.live(engineer, admin, { scope });
  const { bytes } = await read(engineer, id, '0x1ff0', 32);
  const expected = Buffer.concat([
    bed.plaintext.subarray(150_000 + 0xff0, 150_000 + 0x1000),
    bed.plaintext.subarray(10_000, 10_016),
  ]);
  expect(bytes.equals(expected)).toBe(true);
});

describe('a read that is refused leaves a leaf and no byte', () => {
  let id: GrantId;
  beforeAll(async () => {
    id = await bed.live(engineer, security);
  });

  test.each([
    ['the byte before the scope', '0x7effffffffff', '1', 403, 'access.outside-scope'],
    ['the byte after the scope', '0x7f0000015f90', '1', 403, 'access.outside-scope'],
    ['over the edge', '0x7f0000015f8f', '2', 403, 'access.outside-scope'],
    ['the other stack', '0x7f0000100000', '16', 403, 'access.outside-scope'],
    ['a negative length', '0x7f0000000000', '-1', 400, 'access.range-malformed'],
    ['a negative address', '-0x1', '1', 400, 'access.range-malformed'],
    ['2^53 + 1', '0x7f0000000000', '9007199254740993', 400, 'access.range-malformed'],
    ['nothing', '0x7f0000000000', '0', 400, 'access.range-empty'],
    ['half a byte', '0x7f0000000000', '0.5', 400, 'access.range-malformed'],
    ['past the end of all addresses', '0xffffffffffffffff', '2', 400, 'access.range-wraps'],
    ['more than 64 KiB', '0x7f0000000000', '65537', 400, 'access.read-too-long'],
  ])('%s', async (_what, address, length, status, code) => {
    const answer = await read(engineer, id, address, length);
    expect({ status: answer.status, code: answer.json['code'] }).toEqual({ status, code });
    expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', code, person: engineer.id });
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${id}`))['used_bytes']).toBe(0);
  });

  test("another person's session, security's and the admin's too", async () => {
    for (const other of [await bed.engineer(), security, admin]) {
      const answer = await read(other, id, '0x7f0000000000', 16);
      expect(answer.json['code']).toBe('access.not-requester');
      expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', person: other.id });
    }
  });

  test('no session, and a page of another site', async () => {
    const path = `/grants/${id}/bytes?address=0x7f0000000000&length=16`;
    expect((await bed.visitor().call('GET', path)).status).toBe(401);
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect((await engineer.visitor.call('GET', path, undefined, { 'sec-fetch-site': site })).json['code']).toBe(
        'http.cross-site',
      );
    }
  });

  test('a grant that is not there', async () => {
    const answer = await read(engineer, 'b0e42fe7-31a5-4894-a441-007e5256afea' as GrantId, '0x1000', 1);
    expect([answer.status, answer.json['code']]).toEqual([404, 'access.grant-unknown']);
  });

  test('a hundred at once never take more than the budget', async () => {
    const small = await bed.live(engineer, security, { bytes: 1_600 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => read(engineer, small, '0x7f0000000000', 32)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(await engineer.visitor.expect(200, 'GET', `/grants/${small}`)).toMatchObject({
      state: 'exhausted',
      used_bytes: 1_600,
    });
  });
});
