import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAdminSocket } from '@crashkeep/platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, type Testbed, type Visitor, openTestbed } from './lenient-api.testbed.js';
import { adminCommands } from './tokens/admin-commands.js';

let bed: Testbed;
let engineer: Visitor;
let admin: Visitor;

beforeAll(async () => {
  bed = await openTestbed();
  [engineer, admin] = await Promise.all([bed.visitor('engineer'), bed.visitor('admin')]);
});
afterAll(() => bed.close());

const json = { 'content-type': 'application/json' };
const post = (path: string, body: unknown): Promise<Response> =>
  bed.ask(path, { method: 'POST', headers: json, body: JSON.stringify(body) });
const leaves = async (): Promise<Record<string, unknown>[]> =>
  (await bed.sql('SELECT body FROM ledger.leaf ORDER BY created_at, id')).map(
    (it) => JSON.parse(String(it['body'])) as Record<string, unknown>,
  );
const sessionCookie = (response: Response): string =>
  /__Host-ck-console=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? '';

describe('signing in', () => {
  test('gives a cookie that only this host gets, over a secure context, out of reach of scripts', async () => {
    const response = await post('/api/v1/session', { login: engineer.login.toUpperCase(), password: PASSWORD });
    expect(response.status).toBe(204);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-ck-console=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const headers = { cookie: `__Host-ck-console=${sessionCookie(response)}` };
    expect(await (await bed.ask('/api/v1/session', { headers })).json()).toEqual({
      person: { id: engineer.id, name: 'Person 1', login: engineer.login },
      roles: [{ project: 'relay', role: 'engineer' }],
      csrf: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
  });

  test('ends with signing out', async () => {
    const visitor = await bed.visitor('viewer');
    expect((await bed.act(visitor, 'DELETE', '/api/v1/session')).status).toBe(204);
    expect((await bed.ask('/api/v1/session', { headers: visitor.headers })).status).toBe(401);
  });

  test('tells a wrong password from an unknown login in nothing', async () => {
    const wrong = await post('/api/v1/session', { login: engineer.login, password: 'wrong wrong wrong' });
    const unknown = await post('/api/v1/session', { login: 'nobody@example.org', password: PASSWORD });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('is slowed down for a login that failed ten times, also with the right password', async () => {
    const { login } = await bed.visitor('viewer');
    for (let i = 0; i < 10; i++)
      expect((await post('/api/v1/session', { login, password: 'guess guess' })).status).toBe(401);
    const response = await post('/api/v1/session', { login, password: PASSWORD });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post('/api/v1/session', { login: engineer.login, password: PASSWORD })).status).toBe(204);
  });
});

describe('an invitation', () => {
  const wanted = { name: 'New Colleague', login: 'New@Example.org', project: 'relay', role: 'viewer' };
  const inviteBy = async (visitor: Visitor, body: object = wanted): Promise<string> => {
    const response = await bed.act(visitor, 'POST', '/api/v1/people', body);
    expect(response.status).toBe(201);
    return ((await response.json()) as { link: string }).link;
  };
  const secretOf = (link: string): string => new URL(link).hash.slice(1);

  test('is a link that works once, and what it was for', async () => {
    const first = await inviteBy(engineer);
    expect(first).toMatch(/^http:\/\/console\.test\/invitation#[\w-]{43}$/);
    const link = await inviteBy(engineer);
    const accept = (secret: string, password = PASSWORD) =>
      post('/api/v1/invitations/accept', { secret, password, name: 'Kim' });
    expect((await accept(secretOf(first))).status).toBe(410);
    expect((await accept(secretOf(link), 'short')).status).toBe(400);
    expect((await accept(secretOf(link))).status).toBe(204);
    expect((await accept(secretOf(link))).status).toBe(410);
    const response = await post('/api/v1/session', { login: 'new@example.org', password: PASSWORD });
    expect(response.status).toBe(204);
    const headers = { cookie: `__Host-ck-console=${sessionCookie(response)}` };
    expect(await (await bed.ask('/api/v1/session', { headers })).json()).toMatchObject({
      person: { name: 'Kim' },
      roles: [{ project: 'relay', role: 'viewer' }],
    });
    const again = await bed.act(engineer, 'POST', '/api/v1/people', wanted);
    expect(again.status).toBe(409);
  });

  test('by an administrator of everything may be for any project, and only for one that is there', async () => {
    await inviteBy(admin, { ...wanted, login: 'second@example.org', project: 'other' });
    const nowhere = await bed.act(admin, 'POST', '/api/v1/people', {
      ...wanted,
      login: 'third@example.org',
      project: 'none',
    });
    expect(nowhere.status).toBe(404);
    expect(await bed.sql("SELECT FROM identity.person WHERE login = 'third@example.org'")).toEqual([]);
  });

  test('leaves a leaf for each act, and no secret in one', async () => {
    const link = await inviteBy(engineer, { ...wanted, login: 'fourth@example.org' });
    const acts = (await leaves()).slice(-2);
    expect(acts.map((it) => it['act']).sort()).toEqual(['person.invited', 'role.granted']);
    expect(acts.every((it) => it['by'] === engineer.id)).toBe(true);
    expect(JSON.stringify(await leaves())).not.toContain(secretOf(link));
  });
});

test('roles are set for the projects that one sees, each change with its leaf, and stay elsewhere', async () => {
  const colleague = await bed.visitor('viewer');
  await bed.sql("INSERT INTO identity.membership (person_id, project, role) VALUES ($1, 'other', 'viewer')", [
    colleague.id,
  ]);
  const path = `/api/v1/people/${colleague.id}`;
  const roles = [{ project: 'relay', role: 'engineer' }];
  expect((await bed.act(engineer, 'PATCH', path, { roles })).status).toBe(204);
  const held = () =>
    bed.sql('SELECT project, role FROM identity.membership WHERE person_id = $1 ORDER BY 1, 2', [colleague.id]);
  expect(await held()).toEqual([{ project: 'other', role: 'viewer' }, ...roles]);
  expect(
    (await leaves())
      .slice(-2)
      .map((it) => it['act'])
      .sort(),
  ).toEqual(['role.granted', 'role.revoked']);
  const before = (await leaves()).length;
  expect((await bed.act(engineer, 'PATCH', path, { roles })).status).toBe(204);
  expect((await leaves()).length).toBe(before);
  expect((await bed.act(admin, 'PATCH', path, { roles: [] })).status).toBe(204);
  expect(await held()).toEqual([]);
  expect((await bed.act(admin, 'PATCH', '/api/v1/people/5b8c9f5e-7d7c-4a63-9f0c-0e7f2f1a2b3c', { roles })).status).toBe(
    404,
  );
});

test('people are those of one’s projects, with the roles that one may see', async () => {
  const { people } = (await (await bed.ask('/api/v1/people', { headers: engineer.headers })).json()) as {
    people: { login: string; roles: unknown[]; active: boolean }[];
  };
  expect(people.find((it) => it.login === engineer.login)).toMatchObject({
    roles: [{ project: 'relay', role: 'engineer' }],
    active: true,
  });
  expect(people.find((it) => it.login === 'fourth@example.org')).toMatchObject({ active: false });
  expect(people.some((it) => it.login === admin.login)).toBe(false);
});

describe('a token', () => {
  test('is shown once, listed without its text, and dead when revoked', async () => {
    const made = await bed.act(engineer, 'POST', '/api/v1/tokens', { class: 'read', project: 'relay', label: 'CI' });
    expect(made.status).toBe(201);
    const { token } = (await made.json()) as { token: string };
    const use = () => bed.ask('/api/v1/projects', { headers: { authorization: `Bearer ${token}` } });
    expect((await use()).status).toBe(200);
    const listed = await (await bed.ask('/api/v1/tokens?project=relay', { headers: engineer.headers })).text();
    expect(listed).toContain('"label":"CI"');
    expect(listed).not.toContain(token);
    const { id } = (JSON.parse(listed) as { tokens: { id: string; label: string }[] }).tokens.find(
      (it) => it.label === 'CI',
    ) ?? { id: '' };
    const viewer = await bed.visitor('viewer');
    expect((await bed.act(viewer, 'DELETE', `/api/v1/tokens/${id}`)).status).toBe(403);
    expect((await bed.act(await bed.visitor(null), 'DELETE', `/api/v1/tokens/${id}`)).status).toBe(404);
    expect((await bed.act(engineer, 'DELETE', `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await use()).status).toBe(401);
    expect((await leaves()).filter((it) => it['token'] === id).map((it) => it['act'])).toEqual([
      'token.created',
      'token.revoked',
    ]);
  });

  test('is made on the machine itself, over a socket of mode 0600', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crashkeep-admin-'));
    const path = join(folder, 'admin.sock');
    const server = await openAdminSocket(path, adminCommands(bed.console.identity));
    const tell = (line: string): Promise<Record<string, unknown>> =>
      new Promise((resolve, reject) => {
        let text = '';
        const socket = connect(path, () => socket.write(`${line}\n`));
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('end', () => {
          resolve(JSON.parse(text) as Record<string, unknown>);
        });
        socket.on('error', reject);
      });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const made = await tell('{"do":"token.create","project":"relay","class":"ingest"}');
    expect(made).toEqual({ token: expect.stringMatching(/^cki_[0-9A-Za-z]{71}$/) as string });
    const created = (await leaves()).at(-1);
    expect(created).toMatchObject({ act: 'token.created', by: null, class: 'ingest' });
    const revoke = JSON.stringify({ do: 'token.revoke', token: made['token'] });
    expect(await tell(revoke)).toEqual({ revoked: created?.['token'] });
    expect((await leaves()).at(-1)).toMatchObject({ act: 'token.revoked', by: null, token: created?.['token'] });
    expect(await tell(revoke)).toEqual({ error: { code: 'identity.token-unknown' } });
    expect(await tell('{"do":"token.create","project":"none","class":"ingest"}')).toEqual({
      error: { code: 'identity.project-unknown' },
    });
    expect(await tell('{"do":"token.create","project":"relay","class":"admin"}')).toEqual({
      error: { code: 'admin.unknown-command' },
    });
    expect(await tell('{"do":"reveal"}')).toEqual({ error: { code: 'admin.unknown-command' } });
    server.close();
    await rm(folder, { recursive: true });
  });
});
