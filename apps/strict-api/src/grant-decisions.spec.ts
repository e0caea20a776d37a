import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GrantId } from '@crashkeep/ids';
import { type Member, REASON, RoomTestbed, challengeFor, decideBy, readBytes } from './room.testbed.js';

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

describe('who may decide, and on what', () => {
  test('nobody on their own request, and no engineer on anybody’s', async () => {
    const id = await bed.request(engineer);
    const wanted = { decision: 'approve', version: 1 };
    await engineer.visitor.refused(403, 'access.same-person', 'POST', `/grants/${id}/challenge`, wanted);
    const other = await bed.engineer();
    await other.visitor.refused(404, 'access.grant-unknown', 'POST', `/grants/${id}/challenge`, wanted);
    const auditor = await bed.invited(admin, 'auditor');
    await auditor.visitor.refused(403, 'access.not-allowed', 'POST', `/grants/${id}/challenge`, wanted);
  });

  test('who is security in a project cannot request there', async () => {
    const body = {
      dump: bed.dump,
      scope: { kind: 'stack', threads: [0] },
      reason: REASON,
      ticket: 'KEEP-7',
      minutes: 30,
      device: engineer.device.thumbprint,
    };
    await security.visitor.refused(403, 'access.separation', 'POST', '/grants', body);
    await admin.visitor.refused(403, 'access.separation', 'POST', '/grants', body);
    await (await bed.engineer('viewer')).visitor.refused(403, 'access.not-allowed', 'POST', '/grants', body);
  });

  test('an approval after an edit is refused: it speaks of another version', async () => {
    const id = await bed.request(engineer);
    const offered = await challengeFor(security, id, { decision: 'approve', version: 1 });
    const body = {
      version: 1,
      scope: { kind: 'stack', threads: [0, 1] },
      reason: REASON,
      ticket: 'KEEP-8',
      minutes: 60,
      device: engineer.device.thumbprint,
    };
    expect(await engineer.visitor.expect(200, 'PUT', `/grants/${id}`, body)).toMatchObject({
      version: 2,
      state: 'requested',
    });
    const assertion = security.passkey.sign(offered.options.challenge);
    await security.visitor.refused(409, 'access.stale-version', 'POST', `/grants/${id}/decision`, {
      nonce: offered.nonce,
      assertion,
    });
    expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'decision.refused', code: 'access.stale-version' });
    await security.visitor.refused(409, 'access.stale-version', 'POST', `/grants/${id}/challenge`, {
      decision: 'approve',
      version: 1,
    });
    await engineer.visitor.refused(409, 'access.stale-version', 'PUT', `/grants/${id}`, body);
  });

  test('an edit voids an approval that was given', async () => {
    const id = await bed.request(engineer);
    await decideBy(security, id, { decision: 'approve', version: 1 });
    const body = {
      ...{ version: 1, scope: { kind: 'stack', threads: [0] }, reason: REASON, ticket: 'KEEP-7', minutes: 240 },
      device: engineer.device.thumbprint,
    };
    const edited = await engineer.visitor.expect(200, 'PUT', `/grants/${id}`, body);
    expect(edited).toMatchObject({ state: 'requested', approvals: [{ current: false }] });
    await engineer.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/activate`, {});
  });

  test('an approver narrows, and only narrows', async () => {
    const id = await bed.request(engineer, { scope: { kind: 'stack', threads: [0, 1] }, minutes: 60 });
    const wide = { decision: 'approve', version: 1, narrow: { minutes: 61 } };
    await security.visitor.refused(400, 'access.not-narrower', 'POST', `/grants/${id}/challenge`, wide);
    const narrow = { scope: { kind: 'stack', threads: [1] }, minutes: 15, bytes: 5_000 };
    const decided = await decideBy(security, id, { decision: 'approve', version: 1, narrow });
    expect(decided).toMatchObject({
      version: 2,
      state: 'approved',
      minutes: 15,
      bytes: 5_000,
      scope: narrow.scope,
      scope_bytes: 4_096,
    });
    await engineer.visitor.expect(200, 'POST', `/grants/${id}/activate`, {});
    expect((await read(engineer, id, '0x7f0000100000', 16)).bytes.equals(bed.plaintext.subarray(20_000, 20_016))).toBe(
      true,
    );
    expect((await read(engineer, id, '0x7f0000000000', 16)).json['code']).toBe('access.outside-scope');
    expect((await bed.leaves(id)).map((leaf) => leaf['act'])).toContain('grant.narrowed');
  });

  test('a denial ends it', async () => {
    const id = await bed.request(engineer);
    expect(await decideBy(security, id, { decision: 'deny', version: 1 }, 'ask for less')).toMatchObject({
      state: 'denied',
    });
    await engineer.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/activate`, {});
    await security.visitor.refused(409, 'access.wrong-state', 'POST', `/grants/${id}/challenge`, {
      decision: 'approve',
      version: 1,
    });
  });

  test('withdrawn by who asked, closed by who read', async () => {
    const id = await bed.request(engineer);
    await security.visitor.refused(403, 'access.not-requester', 'POST', `/grants/${id}/withdraw`, {});
    expect(await engineer.visitor.expect(200, 'POST', `/grants/${id}/withdraw`, {})).toMatchObject({
      state: 'withdrawn',
    });
    const open = await bed.live(engineer, security);
    expect(await engineer.visitor.expect(200, 'POST', `/grants/${open}/close`, {})).toMatchObject({ state: 'closed' });
    expect((await read(engineer, open, '0x7f0000000000', 16)).json['code']).toBe('access.not-active');
  });
});

describe('an assertion that is not for this', () => {
  const approve = { decision: 'approve', version: 1 };
  const sent = async (id: GrantId, change: (challenge: string) => { nonce?: string; assertion: unknown }) => {
    const { nonce, options } = await challengeFor(security, id, approve);
    const { json } = await security.visitor.call('POST', `/grants/${id}/decision`, {
      nonce,
      ...change(options.challenge),
    });
    return json['code'];
  };

  test('without user verification, for another page, another relying party', async () => {
    const id = await bed.request(engineer);
    for (const slip of [{ verified: false }, { origin: 'http://localhost:8080' }, { rpId: 'localhost' }]) {
      const code = await sent(id, (challenge) => ({ assertion: security.passkey.sign(challenge, slip) }));
      expect(code).toBe('access.assertion-refused');
    }
    expect((await engineer.visitor.expect(200, 'GET', `/grants/${id}`))['state']).toBe('requested');
    expect((await bed.leaves(id)).filter(({ act }) => act === 'decision.refused')).toHaveLength(3);
  });

  test('for another grant, another challenge, and none', async () => {
    const [id, other] = [await bed.request(engineer), await bed.request(engineer)];
    const { nonce, options } = await challengeFor(security, other, approve);
    const assertion = security.passkey.sign(options.challenge);
    expect(await sent(id, () => ({ assertion }))).toBe('access.assertion-refused');
    expect(await sent(id, () => ({ nonce, assertion }))).toBe('access.challenge-unknown');
    expect(await sent(id, () => ({ assertion: security.passkey.sign('AAAA') }))).toBe('access.assertion-refused');
    expect(await sent(id, () => ({ assertion: {} }))).toBe('access.credential-unknown');
  });

  test('used twice, and with a counter that went back', async () => {
    const id = await bed.request(engineer);
    const { nonce, options } = await challengeFor(security, id, approve);
    const assertion = security.passkey.sign(options.challenge);
    await security.visitor.expect(200, 'POST', `/grants/${id}/decision`, { nonce, assertion });
    await security.visitor.refused(409, 'access.challenge-unknown', 'POST', `/grants/${id}/decision`, {
      nonce,
      assertion,
    });
    const again = await bed.request(engineer);
    expect(await sent(again, (challenge) => ({ assertion: security.passkey.sign(challenge, { counter: 1 }) }))).toBe(
      'access.assertion-refused',
    );
  });

  test("by another person's passkey, in this one's session", async () => {
    const id = await bed.request(engineer);
    expect(await sent(id, (challenge) => ({ assertion: admin.passkey.sign(challenge) }))).toBe(
      'access.credential-unknown',
    );
    const { nonce, options } = await challengeFor(security, id, approve);
    const assertion = admin.passkey.sign(options.challenge);
    await admin.visitor.refused(409, 'access.challenge-unknown', 'POST', `/grants/${id}/decision`, {
      nonce,
      assertion,
    });
  });
});
