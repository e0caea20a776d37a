import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryHash, parseHash, parseVerifierKey, rootOfInclusion, verifyExport } from '@crashkeep/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Member, PASSWORD, PROJECT, RoomTestbed, enrolPasskey, signFor, stepUp } from './room.testbed.js';
import type { Visitor } from './visitor.testbed.js';

let bed: RoomTestbed;
let admin: Member;
let first: Visitor;

const webRoot = mkdtempSync(join(tmpdir(), 'ck-web-'));

beforeAll(async () => {
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Reading room</title>');
  bed = await RoomTestbed.open(webRoot);
});
afterAll(async () => {
  await bed.close();
  rmSync(webRoot, { recursive: true });
});

test('until the root passkey is pinned, nothing but the first run works', async () => {
  const nobody = bed.visitor();
  expect(await nobody.expect(200, 'GET', '/first-run')).toEqual({ needed: true });
  const body = { name: 'Bob', login: 'bob', password: PASSWORD };
  await nobody.refused(410, 'identity.link-unusable', 'POST', '/first-run', { ...body, secret: 'guessed' });
  await nobody.refused(400, 'identity.password-too-short', 'POST', '/first-run', {
    ...body,
    secret: await bed.adminSecret(),
    password: 'short',
  });

  first = bed.visitor();
  await first.expect(204, 'POST', '/first-run', { ...body, secret: await bed.adminSecret() });
  expect(await first.expect(200, 'GET', '/session')).toMatchObject({
    person: { name: 'Bob', login: 'bob' },
    roles: [
      { project: '*', role: 'admin' },
      { project: '*', role: 'security' },
    ],
    ...{ passkeys: 0, root_pinned: false, stepped_up: false },
  });
  await first.refused(409, 'room.root-missing', 'GET', '/grants');
  await first.refused(409, 'room.root-missing', 'GET', '/people');
});

test('a new link starts over; the passkey that ends the first run is pinned', async () => {
  const body = { name: 'Bob again', login: 'bob', password: PASSWORD };
  await bed.visitor().expect(204, 'POST', '/first-run', { ...body, secret: await bed.adminSecret() });
  expect((await first.call('GET', '/session')).status).toBe(401);
  await first.expect(204, 'POST', '/session', { login: 'bob', password: PASSWORD });
  admin = await bed.firstAdmin();
  expect(await admin.visitor.expect(200, 'GET', '/session')).toMatchObject({ passkeys: 1, root_pinned: true });
  expect((await first.expect(200, 'GET', '/session'))['roles']).toEqual([]);
  expect((await bed.room.keeper.ping()).root?.credential).toBe(admin.passkey.id);
  const { passkeys } = await admin.visitor.expect(200, 'GET', '/passkeys');
  expect(passkeys).toMatchObject([{ id: admin.passkey.id, root: true, label: 'Key 1' }]);
  await expect(bed.adminSecret()).rejects.toThrow('room.already-set-up');
  await bed.visitor().refused(409, 'room.already-set-up', 'POST', '/first-run', { ...body, secret: 'x' });
  expect((await bed.leaves('root.pinned')).length).toBe(1);
});

test('signing in: right, wrong, too often; out is out', async () => {
  const visitor = bed.visitor();
  await visitor.refused(401, 'room.wrong-credentials', 'POST', '/session', { login: 'ada', password: 'wrong' });
  await visitor.refused(401, 'room.wrong-credentials', 'POST', '/session', { login: 'nobody', password: PASSWORD });
  await visitor.expect(204, 'POST', '/session', { login: 'Ada', password: PASSWORD });
  const { cookie } = visitor;
  await visitor.expect(204, 'DELETE', '/session');
  visitor.cookie = cookie;
  expect((await visitor.call('GET', '/session')).status).toBe(401);
  for (let at = 0; at < 10; at++) await bed.visitor().call('POST', '/session', { login: 'flood', password: 'wrong' });
  await bed.visitor().refused(429, 'http.too-many', 'POST', '/session', { login: 'flood', password: 'wrong' });
});

test('what a page of another site sends changes nothing', async () => {
  const headers = [
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-crashkeep-csrf': 'wrong' },
  ];
  for (const header of [...headers, { 'content-type': 'text/plain' }]) {
    const answer = await admin.visitor.call('POST', '/step-up/options', {}, header);
    expect(answer.json['code']).toBe('http.cross-site');
  }
});

test('roles need a passkey proved just now, and an administrator', async () => {
  const engineer = await bed.engineer();
  const roles = { roles: [{ project: PROJECT, role: 'security' }] };
  await engineer.visitor.refused(403, 'access.not-allowed', 'PUT', `/people/${engineer.id}/roles`, roles);
  await engineer.visitor.refused(403, 'access.not-allowed', 'GET', '/people');
  await admin.visitor.refused(403, 'room.step-up-needed', 'PUT', `/people/${engineer.id}/roles`, roles);
  await stepUp(admin);
  expect(await admin.visitor.expect(200, 'PUT', `/people/${engineer.id}/roles`, roles)).toMatchObject({
    roles: [{ ...roles.roles[0], counts: false }],
  });
  const acts = (await bed.leaves(engineer.id)).filter(({ act }) => String(act).startsWith('role.'));
  expect(acts).toMatchObject([{ act: 'role.granted', role: 'security', by: admin.id }]);
  await admin.visitor.refused(403, 'room.own-roles', 'PUT', `/people/${admin.id}/roles`, {
    roles: [
      { project: '*', role: 'admin' },
      { project: '*', role: 'auditor' },
    ],
  });
  await admin.visitor.refused(409, 'room.last-admin', 'PUT', `/people/${admin.id}/roles`, { roles: [] });
});

test('a right that goes takes the open grants with it that rest on it', async () => {
  const [engineer, security] = [await bed.engineer(), await bed.invited(admin, 'security')];
  const approvedByOne = await bed.live(engineer, security);
  const approvedByOther = await bed.live(engineer, admin);
  await stepUp(admin);
  await admin.visitor.expect(200, 'PUT', `/people/${security.id}/roles`, { roles: [] });
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${approvedByOne}`))['state']).toBe('revoked');
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${approvedByOther}`))['state']).toBe('active');
  expect((await bed.leaves(approvedByOne)).at(-1)).toMatchObject({ act: 'grant.revoked', by: admin.id });
  const roles = { roles: [{ project: '*', role: 'security' }] };
  await admin.visitor.expect(200, 'PUT', `/people/${engineer.id}/roles`, roles);
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${approvedByOther}`))['state']).toBe('revoked');
});

test('passkeys: another one needs the first, revoking ends what it approved, the root stays', async () => {
  const [engineer, security] = [await bed.engineer(), await bed.invited(admin, 'security')];
  await security.visitor.refused(403, 'room.step-up-needed', 'POST', '/passkeys/options', {});
  await stepUp(security);
  const second = await enrolPasskey(security.visitor);
  await signFor(admin, security);
  const id = await bed.live(engineer, security);
  await security.visitor.expect(204, 'DELETE', `/passkeys/${security.passkey.id}`);
  expect((await engineer.visitor.expect(200, 'GET', `/grants/${id}`))['state']).toBe('revoked');
  expect((await security.visitor.expect(200, 'GET', '/passkeys'))['passkeys']).toMatchObject([
    { id: second.id, root: false, counts: true },
  ]);
  await security.visitor.refused(404, 'room.passkey-unknown', 'DELETE', `/passkeys/${admin.passkey.id}`);
  await stepUp(admin);
  await admin.visitor.refused(409, 'room.root-stays', 'DELETE', `/passkeys/${admin.passkey.id}`);
  const viewer = await bed.engineer('viewer');
  await viewer.visitor.refused(403, 'access.not-allowed', 'POST', '/passkeys/options', {});
});

test('the audit: who sees what, and to look is a leaf', async () => {
  const [engineer, auditor] = [await bed.engineer(), await bed.invited(admin, 'auditor')];
  const id = await bed.request(engineer);
  await engineer.visitor.refused(403, 'access.not-allowed', 'GET', '/audit');
  const { leaves, people } = await auditor.visitor.expect(200, 'GET', `/audit?grant=${id}`);
  expect(leaves).toMatchObject([
    { process: 'strict-api', body: { act: 'grant.requested', grant: id, requester: engineer.id } },
  ]);
  expect(people).toEqual({ [engineer.id]: 'Eve Engineer' });
  expect(await bed.leaves('audit.read')).toMatchObject([{ person: auditor.id }]);
  await auditor.visitor.refused(403, 'access.not-allowed', 'GET', '/audit?project=other');
  await bed.sql.query(`INSERT INTO identity.project (id, name) VALUES ('other', 'Other')`);
  const elsewhere = await bed.invited(admin, 'auditor', 'other' as typeof PROJECT);
  const seen = await elsewhere.visitor.expect(200, 'GET', '/audit');
  expect(JSON.stringify(seen)).not.toContain(id);
  const all = await admin.visitor.expect(200, 'GET', '/audit?act=root.pinned,passkey.enrolled');
  const acts = (all['leaves'] as { body: { act: string } }[]).map(({ body }) => body.act);
  expect(new Set(acts)).toEqual(new Set(['root.pinned', 'passkey.enrolled']));
  const first = await admin.visitor.expect(200, 'GET', '/audit?act=passkey.enrolled');
  expect(first['next']).toBeNull();
});

test('a leaf is proven to the page, an export and a receipt to anybody, and taking them away is a leaf', async () => {
  const [engineer, auditor] = [await bed.engineer(), await bed.invited(admin, 'auditor')];
  const id = await bed.request(engineer);
  const { leaves } = await auditor.visitor.expect(200, 'GET', `/audit?grant=${id}`);
  const [leaf] = leaves as { id: string; index: number | null }[];
  expect(leaf?.index).toBeNull();
  await auditor.visitor.refused(503, 'room.not-sequenced', 'GET', `/audit/leaves/${leaf?.id ?? ''}/proof`);
  const key = await bed.sequence();
  const trust = { keys: [parseVerifierKey(key)], witnesses: [], remembered: null };
  const proof = await auditor.visitor.expect(200, 'GET', `/audit/leaves/${leaf?.id ?? ''}/proof`);
  const bytes = Buffer.concat([Buffer.from(String(proof['salt']), 'hex'), Buffer.from(String(proof['entry']))]);
  const siblings = (proof['proof'] as string[]).map(parseHash);
  const root = rootOfInclusion(entryHash(bytes), Number(proof['index']), Number(proof['size']), siblings);
  expect(root.toString('base64')).toBe(proof['root']);
  await engineer.visitor.refused(403, 'access.not-allowed', 'GET', `/audit/leaves/${leaf?.id ?? ''}/proof`);
  await engineer.visitor.refused(403, 'access.not-allowed', 'GET', '/audit/export');
  for (const [who, path] of [
    [auditor, `/audit/export?grant=${id}`],
    [engineer, `/grants/${id}/receipt`],
  ] as const) {
    const text = (await who.visitor.call('GET', path)).bytes.toString('utf8');
    const verdict = await verifyExport(linesOf(text), trust);
    expect(verdict.findings).toEqual([]);
    expect(verdict.leaves).toBe(1);
  }
  expect(await bed.leaves('audit.read')).toContainEqual({
    act: 'audit.read',
    person: auditor.id,
    asked: `grant=${id}`,
    exported: true,
  });
  const stranger = await bed.engineer();
  await stranger.visitor.refused(404, 'access.grant-unknown', 'GET', `/grants/${id}/receipt`);
});

async function* linesOf(text: string): AsyncGenerator<string> {
  for (const line of text.trimEnd().split('\n')) yield await Promise.resolve(line);
}

test('projects: what each may do there', async () => {
  const engineer = await bed.engineer();
  const { projects } = await engineer.visitor.expect(200, 'GET', '/projects');
  expect(projects).toMatchObject([
    {
      id: 'default',
      policy: { approvals: 1, minutes_max: 240 },
      may: { request: true, decide: false, audit: false, manage: false },
    },
  ]);
});

test('the page, its policy, the description of the API, and health', async () => {
  const page = await fetch(`${bed.url}/requests`);
  expect(await page.text()).toContain('Reading room');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const document = (await (await fetch(`${bed.url}/api/openapi.json`)).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/v1/grants/{id}/decision');
  expect((await fetch(`${bed.url}/healthz`)).status).toBe(200);
});
