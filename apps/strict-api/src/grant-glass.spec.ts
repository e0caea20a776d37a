import { type PolicyRules, DEFAULT_POLICY } from '@crashkeep/access';
import type { GrantId } from '@crashkeep/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Member,
  PROJECT,
  RoomTestbed,
  challengeFor,
  decideBy,
  enrolPasskey,
  nameDevice,
  readBytes,
  signFor,
  signStatements,
} from './room.testbed.js';

const { name: _name, ...RULES } = DEFAULT_POLICY;
const GLASS: PolicyRules = { ...RULES, breakGlass: { minutesMax: 30, budgetMax: 100_000, reviews: 1 } };

let bed: RoomTestbed;
let root: Member;
let security: Member;
let engineer: Member;

async function proposed(rules: PolicyRules, by: Member = root): Promise<string> {
  return String((await by.visitor.expect(201, 'POST', '/policies', { project: PROJECT, rules }))['statement']);
}

const inForce = async (rules: PolicyRules): Promise<void> => signStatements(root, [await proposed(rules)]);

/** An engineer with a passkey that security vouched for. */
async function vouched(): Promise<Member> {
  const someone = await bed.engineer();
  const passkey = await enrolPasskey(someone.visitor);
  const member = { ...someone, passkey };
  await signFor(security, member);
  return member;
}

beforeAll(async () => {
  bed = await RoomTestbed.open();
  root = await bed.firstAdmin();
  security = await bed.invited(root, 'security');
  engineer = await vouched();
});
afterAll(() => bed.close());

describe('a policy', () => {
  test('is worth nothing until it is signed, and then binds what is asked and what is open', async () => {
    const open = await bed.live(engineer, security, { minutes: 60 });
    const strict: PolicyRules = { ...RULES, scopes: { ...RULES.scopes, stack: { ...narrow(), minutesMax: 30 } } };
    const id = await proposed(strict, security);
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${open}`))['state']).toBe('active');
    await signStatements(security, [id]);
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${open}`))['state']).toBe('active');
    await signStatements(root, [id]);
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${open}`))['state']).toBe('revoked');
    const body = { dump: bed.dump, scope: { kind: 'stack', threads: [0] }, reason: 'x'.repeat(20), ticket: 'A-1' };
    await engineer.visitor.refused(400, 'access.minutes-out-of-bounds', 'POST', '/grants', {
      ...{ ...body, ticket: 'KEEP-1', minutes: 31, device: engineer.device.thumbprint },
    });
    const short = await bed.live(engineer, security, { minutes: 30 });
    expect((await readBytes(engineer, short, '0x7f0000000000', 8)).status).toBe(200);
    expect(await engineer.visitor.expect(200, 'GET', `/grants/${short}`)).toMatchObject({ policy: id });
  });

  test('a quorum of two: one approval is not enough, and an approver’s narrowing voids the other’s', async () => {
    await inForce({ ...RULES, scopes: { ...RULES.scopes, stack: { ...narrow(), approvals: 2 } } });
    const id = await bed.request(engineer);
    const wanted = { decision: 'approve', version: 1 };
    expect(await decideBy(security, id, wanted)).toMatchObject({ state: 'requested', approvals_needed: 2 });
    await security.visitor.refused(409, 'access.already-decided', 'POST', `/grants/${id}/challenge`, wanted);
    expect(await decideBy(root, id, { ...wanted, narrow: { minutes: 5 } })).toMatchObject({ state: 'requested' });
    expect(await decideBy(security, id, { decision: 'approve', version: 2 })).toMatchObject({ state: 'approved' });
    await engineer.visitor.expect(200, 'POST', `/grants/${id}/activate`, {});
    expect((await readBytes(engineer, id, '0x7f0000000000', 8)).status).toBe(200);
  });

  test('two who race for the last approval open it once', async () => {
    const id = await bed.request(engineer);
    const offered = await Promise.all(
      [security, root].map((who) => challengeFor(who, id, { decision: 'approve', version: 1 })),
    );
    const answers = await Promise.all(
      [security, root].map((who, at) =>
        who.visitor.call('POST', `/grants/${id}/decision`, {
          nonce: offered[at]?.nonce,
          assertion: who.passkey.sign(offered[at]?.options.challenge ?? ''),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await engineer.visitor.expect(200, 'GET', `/grants/${id}`)).toMatchObject({ state: 'approved' });
  });

  test('only from hardened devices, and by a scope that nobody may ask for', async () => {
    await inForce({ ...RULES, scopes: { ...RULES.scopes, whole: null, stack: { ...narrow(), hardened: true } } });
    const body = { dump: bed.dump, reason: 'x'.repeat(20), ticket: 'KEEP-1', minutes: 5 };
    const ask = async (scope: object, code: string): Promise<void> => {
      const asked = { ...body, scope, device: engineer.device.thumbprint };
      await engineer.visitor.refused(403, code, 'POST', '/grants', asked);
    };
    await ask({ kind: 'whole' }, 'access.scope-closed');
    await ask({ kind: 'stack', threads: [0] }, 'access.device-not-hardened');
    const path = `/devices/${engineer.device.thumbprint}/hardened`;
    await engineer.visitor.refused(403, 'access.not-allowed', 'POST', path, {});
    await security.visitor.expect(200, 'POST', path, {});
    await signFor(security, engineer);
    const id = await bed.live(engineer, security);
    expect((await readBytes(engineer, id, '0x7f0000000000', 8)).status).toBe(200);
    // The word is taken back: what rests on it ends.
    const { statements } = await security.visitor.expect(200, 'GET', '/statements');
    const device = (statements as { id: string; statement: { kind: string } }[]).find(
      (it) => it.statement.kind === 'device',
    );
    await security.visitor.expect(204, 'DELETE', `/statements/${device?.id ?? ''}`);
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${id}`))['state']).toBe('revoked');
  });

  test('a dump that nobody screened is approved by nobody automatically', async () => {
    await inForce({ ...RULES, automatic: ['stack'] });
    const id = await bed.request(engineer, { path: 'automatic' });
    await engineer.visitor.refused(403, 'access.not-automatic', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'automatic', version: 1 },
    });
    await security.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'approve', version: 1 },
    });
  });
});

describe('broken glass', () => {
  const glass = (who: Member = engineer): Promise<GrantId> =>
    bed.request(who, { path: 'break-glass', minutes: 20, bytes: 50_000 });

  beforeAll(() => inForce(GLASS));

  test('opened by the requester’s own passkey, seen at once, ratified by another person', async () => {
    const id = await glass();
    expect(await decideBy(engineer, id, { decision: 'break-glass', version: 1 })).toMatchObject({
      ...{ state: 'approved', path: 'break-glass', review: 'due' },
    });
    await engineer.visitor.expect(200, 'POST', `/grants/${id}/activate`, {});
    expect((await readBytes(engineer, id, '0x7f0000000000', 64)).status).toBe(200);
    expect((await bed.leaves(id)).map(({ act }) => act)).toContain('grant.glass-broken');
    await engineer.visitor.refused(403, 'access.same-person', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'ratify', version: 1 },
    });
    expect(await decideBy(security, id, { decision: 'ratify', version: 1 }, 'looked at with Eve')).toMatchObject({
      ...{ state: 'active', review: 'ratified' },
    });
    await root.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'violation', version: 1 },
    });
  });

  test('by nobody whose passkey security has not vouched for, and not for more than the policy says', async () => {
    const someone = await bed.engineer();
    const unsigned = { ...someone, passkey: await enrolPasskey(someone.visitor) };
    const id = await glass(unsigned);
    await unsigned.visitor.refused(409, 'room.passkey-unsigned', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'break-glass', version: 1 },
    });
    const body = { dump: bed.dump, scope: { kind: 'stack', threads: [0] }, reason: 'x'.repeat(20), ticket: 'KEEP-1' };
    await engineer.visitor.refused(400, 'access.minutes-out-of-bounds', 'POST', '/grants', {
      ...{ ...body, path: 'break-glass', minutes: 31, device: engineer.device.thumbprint },
    });
    await security.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/challenge`, {
      ...{ decision: 'approve', version: 1 },
    });
  });

  test('a review that is overdue blocks who read and who should have looked; looking lifts it', async () => {
    const someone = await vouched();
    const id = await glass(someone);
    await decideBy(someone, id, { decision: 'break-glass', version: 1 });
    const waiting = await bed.request(engineer);
    await bed.sql.query(`UPDATE strict.access_grant SET review_due = now() - interval '1 minute' WHERE id = $1`, [id]);
    const body = { dump: bed.dump, scope: { kind: 'stack', threads: [0] }, reason: 'x'.repeat(20), ticket: 'KEEP-1' };
    const asked = { ...body, minutes: 5, device: someone.device.thumbprint };
    await someone.visitor.refused(403, 'access.review-overdue', 'POST', '/grants', asked);
    const approve = { decision: 'approve', version: 1 };
    await security.visitor.refused(403, 'access.review-overdue', 'POST', `/grants/${waiting}/challenge`, approve);
    expect(await decideBy(security, id, { decision: 'violation', version: 1 })).toMatchObject({ review: 'violation' });
    expect(await decideBy(security, waiting, approve)).toMatchObject({ state: 'approved' });
    await someone.visitor.expect(201, 'POST', '/grants', asked);
  });
});

describe('devices', () => {
  test('one key, one person; named, renamed, revoked, and what it may read ends with it', async () => {
    const who = await bed.engineer();
    const { nonce } = await who.visitor.expect(200, 'POST', '/devices/challenge', {});
    const proofFor = (url: string): Promise<string> => engineer.device.proof('POST', url, String(nonce));
    const bad = await who.visitor.call(
      'POST',
      '/devices',
      { label: 'Mine' },
      { dpop: await proofFor('http://evil.example/') },
    );
    expect(bad.json['code']).toBe('room.device-unproved');
    expect((await who.visitor.call('POST', '/devices', { label: 'Mine' })).json['code']).toBe('access.proof-missing');
    const second = { ...who, device: await nameDevice(who.visitor, 'Desk') };
    const path = `/devices/${second.device.thumbprint}`;
    await who.visitor.expect(200, 'PUT', path, { label: 'Desk, north' });
    await engineer.visitor.refused(403, 'access.device-unknown', 'PUT', path, { label: 'Mine' });
    await engineer.visitor.refused(403, 'access.not-allowed', 'DELETE', path);
    const id = await bed.live(second, security);
    expect((await readBytes(second, id, '0x7f0000000000', 8)).status).toBe(200);
    expect((await readBytes(who, id, '0x7f0000000000', 8)).json['code']).toBe('access.proof-other-device');
    await security.visitor.expect(204, 'DELETE', path);
    expect((await readBytes(second, id, '0x7f0000000000', 8)).json['code']).toBe('access.revoked');
    expect((await bed.leaves(second.device.thumbprint)).map(({ act }) => act)).toEqual(
      expect.arrayContaining(['device.named', 'device.revoked']),
    );
  });

  test('a batch, by POST: charged together, given one after another; and without a proof a nonce to make one with', async () => {
    const id = await bed.live(engineer, security);
    const ranges = [
      { address: '0x7f0000000000', length: 8 },
      { address: '0x7f0000000100', length: 16 },
    ];
    const bare = await engineer.visitor.call('POST', `/grants/${id}/bytes`, { ranges });
    expect([bare.status, bare.json['code']]).toEqual([401, 'access.proof-missing']);
    const nonce = bare.headers.get('dpop-nonce') ?? '';
    const read = { via: 'POST', asked: ranges, nonce } as const;
    const dpop = await engineer.device.proofOfRead('http://room.localhost:8081', id, read);
    const answer = await engineer.visitor.call('POST', `/grants/${id}/bytes`, { ranges }, { dpop });
    expect(
      answer.bytes.equals(
        Buffer.concat([bed.plaintext.subarray(40_000, 40_008), bed.plaintext.subarray(40_256, 40_272)]),
      ),
    ).toBe(true);
    expect((await bed.leaves(id)).filter(({ act }) => act === 'grant.read')).toHaveLength(1);
  });

  test('registers, and the whole file by address', async () => {
    const registers = await bed.live(engineer, security, { scope: { kind: 'registers', threads: [0] } });
    const { nonce } = await engineer.visitor.expect(200, 'GET', '/proof-nonce');
    const asked = [{ offset: 1_000, length: 716 }];
    const read = { via: 'POST', asked, nonce: String(nonce) } as const;
    const dpop = await engineer.device.proofOfRead('http://room.localhost:8081', registers, read);
    const answer = await engineer.visitor.call('POST', `/grants/${registers}/bytes`, { ranges: asked }, { dpop });
    expect(answer.bytes.equals(bed.plaintext.subarray(1_000, 1_716))).toBe(true);

    const whole = await bed.request(engineer, { scope: { kind: 'whole' } });
    await decideBy(security, whole, { decision: 'approve', version: 1 });
    await decideBy(root, whole, { decision: 'approve', version: 1 });
    await engineer.visitor.expect(200, 'POST', `/grants/${whole}/activate`, {});
    const { bytes } = await readBytes(engineer, whole, '0x1ff0', 32);
    expect(
      bytes.equals(Buffer.concat([bed.plaintext.subarray(154_080, 154_096), bed.plaintext.subarray(10_000, 10_016)])),
    ).toBe(true);
    expect((await readBytes(engineer, whole, '0x9000', 8)).json['code']).toBe('access.outside-scope');
  });
});

function narrow(): NonNullable<PolicyRules['scopes']['stack']> {
  return { approvals: 1, minutesMax: 240, budgetMax: 16 * 1024 * 1024, hardened: false };
}
