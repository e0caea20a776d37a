import { openIdentityStore, openSession } from '@crashkeep/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ORIGIN, PASSWORD, type Testbed, type Visitor, openTestbed } from './lenient-api.testbed.js';

let bed: Testbed;
let viewer: Visitor;
let engineer: Visitor;
let stranger: Visitor;
let reportId: string;
let groupId: string;

beforeAll(async () => {
  bed = await openTestbed();
  [viewer, engineer, stranger] = await Promise.all([bed.visitor('viewer'), bed.visitor('engineer'), bed.visitor(null)]);
  reportId = await bed.report('relay::find');
  groupId = String((await bed.sql('SELECT id FROM lenient.crash_group'))[0]?.['id']);
});
afterAll(() => bed.close());

const UNKNOWN = '5b8c9f5e-7d7c-4a63-9f0c-0e7f2f1a2b3c';
const readRoutes = () => [
  '/api/v1/projects',
  '/api/v1/dictionary',
  '/api/v1/groups?project=relay',
  `/api/v1/groups/${groupId}`,
  `/api/v1/groups/${groupId}/reports`,
  '/api/v1/reports?project=relay',
  `/api/v1/reports/${reportId}`,
];
const peopleRoutes = () => ['/api/v1/session', '/api/v1/places', '/api/v1/people', '/api/v1/tokens?project=relay'];
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(problem).sort()).toEqual(['blame', 'code', 'retry', 'status', 'title', 'type']);
  return String(problem['code']);
}

describe('nobody', () => {
  test('every route of the document but the two public ones asks for a session', async () => {
    const document = (await (await bed.ask('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const open = ['POST /api/v1/session', 'POST /api/v1/invitations/accept'];
    expect(operations).toEqual(expect.arrayContaining(open));
    expect(operations.length).toBeGreaterThan(15);
    for (const operation of operations.filter((it) => !open.includes(it))) {
      const [method = '', path = ''] = operation.split(' ');
      const response = await bed.ask(path.replace('{id}', UNKNOWN), { method });
      expect(response.status, operation).toBe(401);
      expect(await codeOf(response)).toBe('http.sign-in');
    }
  });

  test('gets the answer of no route with a made-up cookie', async () => {
    const headers = { cookie: '__Host-ck-console=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
    for (const path of [...readRoutes(), ...peopleRoutes()])
      expect((await bed.ask(path, { headers })).status).toBe(401);
  });

  test("has the room's session, which is nothing here, under either name", async () => {
    const room = openIdentityStore(bed.urlFor('ck_strict_api'), { connections: 1 });
    const { cookie } = await openSession(room.rows, engineer.id, 'room');
    await room.close();
    for (const name of ['__Host-ck-console', '__Host-ck-room']) {
      expect((await bed.ask('/api/v1/session', { headers: { cookie: `${name}=${cookie}` } })).status).toBe(401);
    }
  });
});

describe('a token', () => {
  test.each(['ingest', 'symbols'] as const)('of class %s reads nothing', async (tokenClass) => {
    const token = await bed.token(tokenClass);
    for (const path of [...readRoutes(), ...peopleRoutes()])
      expect((await bed.ask(path, bearer(token))).status).toBe(401);
  });

  test('of class read reads, and does nothing that people do', async () => {
    const token = await bed.token('read');
    for (const path of readRoutes()) expect((await bed.ask(path, bearer(token))).status, path).toBe(200);
    for (const path of peopleRoutes()) expect((await bed.ask(path, bearer(token))).status, path).toBe(401);
    const post = {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    };
    for (const path of ['/api/v1/people', '/api/v1/tokens']) expect((await bed.ask(path, post)).status).toBe(401);
  });

  test('of another project finds nothing', async () => {
    const token = await bed.token('read', 'other');
    expect(await (await bed.ask('/api/v1/projects', bearer(token))).json()).toEqual([{ id: 'other', name: 'other' }]);
    for (const path of readRoutes().slice(2)) expect((await bed.ask(path, bearer(token))).status, path).toBe(404);
  });

  test('with a wrong last letter, without a scheme, or twice is none', async () => {
    const token = await bed.token('read');
    for (const value of [`Bearer ${token.slice(0, -1)}x`, token, `Bearer ${token} ${token}`, `Basic ${token}`]) {
      expect((await bed.ask('/api/v1/projects', { headers: { authorization: value } })).status).toBe(401);
    }
  });
});

describe('a person', () => {
  test('of no project sees none', async () => {
    const { headers } = stranger;
    expect(await (await bed.ask('/api/v1/projects', { headers })).json()).toEqual([]);
    for (const path of readRoutes().slice(2)) expect((await bed.ask(path, { headers })).status, path).toBe(404);
    expect((await bed.ask('/api/v1/events?project=relay', { headers })).status).toBe(404);
    expect((await bed.ask('/api/v1/tokens?project=relay', { headers })).status).toBe(404);
    const people = (await (await bed.ask('/api/v1/people', { headers })).json()) as { people: { id: string }[] };
    expect(people.people.map((it) => it.id)).toEqual([stranger.id]);
  });

  test('who is viewer may read, and may not invite, change roles or make tokens', async () => {
    for (const path of [...readRoutes(), ...peopleRoutes()]) {
      expect((await bed.ask(path, { headers: viewer.headers })).status, path).toBe(200);
    }
    const invitation = { name: 'New', login: 'new@example.org', project: 'relay', role: 'viewer' };
    const token = { class: 'ingest', project: 'relay', label: 'x' };
    const roles = { roles: [{ project: 'relay', role: 'engineer' }] };
    for (const response of [
      await bed.act(viewer, 'POST', '/api/v1/people', invitation),
      await bed.act(viewer, 'POST', '/api/v1/tokens', token),
      await bed.act(viewer, 'PATCH', `/api/v1/people/${viewer.id}`, roles),
    ]) {
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('http.forbidden');
    }
    expect(await bed.sql("SELECT FROM identity.person WHERE login = 'new@example.org'")).toEqual([]);
  });

  test('who is engineer acts in no other project, and gives no role of the reading room', async () => {
    const invitation = { name: 'New', login: 'new@example.org', project: 'other', role: 'viewer' };
    expect((await bed.act(engineer, 'POST', '/api/v1/people', invitation)).status).toBe(404);
    const elsewhere = { roles: [{ project: 'other', role: 'engineer' }] };
    expect((await bed.act(engineer, 'PATCH', `/api/v1/people/${engineer.id}`, elsewhere)).status).toBe(403);
    const room = { roles: [{ project: 'relay', role: 'security' }] };
    expect((await bed.act(engineer, 'PATCH', `/api/v1/people/${engineer.id}`, room)).status).toBe(400);
    expect(await bed.sql('SELECT project, role FROM identity.membership WHERE person_id = $1', [engineer.id])).toEqual([
      { project: 'relay', role: 'engineer' },
    ]);
  });

  test.each([
    ['no CSRF value', { 'x-crashkeep-csrf': undefined }],
    ['a wrong CSRF value', { 'x-crashkeep-csrf': 'AAAA' }],
    ["another session's CSRF value", { 'x-crashkeep-csrf': 'theirs' }],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch of another origin', { 'sec-fetch-site': 'same-site' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
  ])('whose request has %s changes nothing', async (_, changes) => {
    const csrfOf = async (visitor: Visitor): Promise<string> =>
      ((await (await bed.ask('/api/v1/session', { headers: visitor.headers })).json()) as { csrf: string }).csrf;
    const right = { 'x-crashkeep-csrf': await csrfOf(engineer), origin: ORIGIN, 'content-type': 'application/json' };
    const wanted = { ...engineer.headers, ...right, ...changes };
    if (wanted['x-crashkeep-csrf'] === 'theirs') wanted['x-crashkeep-csrf'] = await csrfOf(viewer);
    const headers = Object.entries(wanted).filter((it): it is [string, string] => it[1] !== undefined);
    const body = JSON.stringify({ class: 'ingest', project: 'relay', label: 'forged' });
    const response = await bed.ask('/api/v1/tokens', { method: 'POST', headers, body });
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('http.cross-site');
    expect(await bed.sql("SELECT FROM identity.api_token WHERE label = 'forged'")).toEqual([]);
  });

  test('cannot be signed in by another site', async () => {
    const body = JSON.stringify({ login: engineer.login, password: PASSWORD });
    const headers = { 'content-type': 'application/json', origin: 'http://evil.example' };
    expect((await bed.ask('/api/v1/session', { method: 'POST', headers, body })).status).toBe(403);
  });

  test('who is disabled is out at once', async () => {
    const gone = await bed.visitor('engineer');
    await bed.sql('UPDATE identity.person SET disabled_at = now() WHERE id = $1', [gone.id]);
    expect((await bed.ask('/api/v1/session', { headers: gone.headers })).status).toBe(401);
  });
});

test.each([
  ['/api/v1/groups', 'no project'],
  ['/api/v1/groups?project=Relay', 'no project id'],
  ['/api/v1/groups?project=relay&project=other', 'two projects'],
  ['/api/v1/groups?project=relay&sort=body', 'a sort that is none'],
  ['/api/v1/groups?project=relay&limit=101', 'a page too large'],
  ['/api/v1/groups?project=relay&limit=0', 'no page'],
  [`/api/v1/groups?project=relay&q=${'x'.repeat(201)}`, 'a long search'],
  ['/api/v1/groups?project=relay&cursor=x', 'a cursor of nobody'],
  ['/api/v1/reports?project=relay&cursor=e30', 'a cursor of something else'],
  ['/api/v1/groups/x', 'a group id that is none'],
  ['/api/v1/reports/%00', 'a report id that is none'],
])('%s is refused: %s', async (path) => {
  const response = await bed.ask(path, { headers: viewer.headers });
  expect([400, 404]).toContain(response.status);
  expect(await codeOf(response)).toMatch(/^(?:http|console)\.[a-z-]+$/);
});

test('a body too large, or no JSON, is refused before anybody reads it', async () => {
  const headers = { 'content-type': 'application/json' };
  const large = JSON.stringify({ login: 'x'.repeat(300_000), password: 'x' });
  expect((await bed.ask('/api/v1/session', { method: 'POST', headers, body: large })).status).toBe(413);
  expect((await bed.ask('/api/v1/session', { method: 'POST', headers, body: '{' })).status).toBe(400);
  expect((await bed.ask('/api/v1/session', { method: 'POST', headers, body: '{"login":1}' })).status).toBe(400);
});
