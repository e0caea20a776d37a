import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Testbed, type Visitor, openTestbed } from '../lenient-api.testbed.js';

let bed: Testbed;
let viewer: Visitor;
let engineer: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  bed = await openTestbed();
  [viewer, engineer, stranger] = [await bed.visitor('viewer'), await bed.visitor('engineer'), await bed.visitor(null)];
  for (let i = 0; i < 6; i++) await bed.report(['find', 'find', 'find', 'drop', 'drop', 'send'][i] ?? '');
  await bed.report('theirs', 'other');
});
afterAll(() => bed.close());

type Json = Record<string, unknown>;
const get = async (path: string, who = viewer): Promise<Json> => {
  const response = await bed.ask(path, { headers: who.headers });
  expect(response.status, path).toBe(200);
  return (await response.json()) as Json;
};
const groupId = async (signature: string): Promise<string> =>
  String((await bed.sql('SELECT id FROM lenient.crash_group WHERE signature = $1', [signature]))[0]?.['id']);
const act = async (who: Visitor, method: string, path: string, body?: unknown): Promise<number> =>
  (await bed.act(who, method, path, body)).status;

test('what is known of a signature', async () => {
  const group = `/api/v1/groups/${await groupId('find')}`;
  expect(await get(`${group}/signature`)).toMatchObject({
    signature: 'find',
    project: 'relay',
    count: 3,
    status: 'open',
    owner: null,
    parts: [],
    installs: null,
  });
  const trend = await get(`${group}/trend?days=7`);
  expect(trend['all']).toEqual([0, 0, 0, 0, 0, 0, 3]);
  expect(trend['versions']).toEqual([{ version: '4.18.2', counts: [0, 0, 0, 0, 0, 0, 3] }]);
  expect(await get(`${group}/facets?fields=os,reason`)).toMatchObject({
    total: { count: 3, complete: true },
    facets: [
      { field: 'os', values: [{ value: 'linux', count: 3 }] },
      { field: 'reason', values: [{ value: 'SIGSEGV / SEGV_MAPERR', count: 3 }] },
    ],
  });
  expect(await get(`${group}/correlations`)).toEqual({ own: 3, others: 3, correlations: [] });
  expect(await get(`${group}/icicle`)).toMatchObject({ counted: 3, complete: true });
  expect(await get(`${group}/why`)).toMatchObject({ signature: 'find', parts: [] });
  expect((await get(`${group}/reports?q=os:linux`))['reports']).toHaveLength(3);
  expect((await get(`${group}/reports?q=os:mac`))['reports']).toHaveLength(0);
});

describe('status and owner', () => {
  test('by an engineer, with who did it', async () => {
    const group = `/api/v1/groups/${await groupId('find')}`;
    expect(await act(engineer, 'PATCH', group, { status: 'fixed', fixed_in: '5.0', owner: viewer.id })).toBe(204);
    const now = await get(`${group}/signature`);
    expect(now).toMatchObject({ status: 'fixed', fixed_in: '5.0', owner: { id: viewer.id, name: 'Person 1' } });
    const { acts } = (await get(`${group}/acts`)) as { acts: Json[] };
    expect(acts.map((it) => it['act']).sort()).toEqual(['owner', 'status']);
    expect(acts[0]?.['by']).toEqual({ id: engineer.id, name: 'Person 2' });
    const top = await get('/api/v1/top?project=relay&q=status:fixed');
    expect(top['crashers']).toMatchObject([{ signature: 'find', status: 'fixed', fixed_in: '5.0' }]);
  });

  test('not by a viewer, not for a stranger, not with a version that is none', async () => {
    const group = `/api/v1/groups/${await groupId('find')}`;
    expect(await act(viewer, 'PATCH', group, { status: 'open' })).toBe(403);
    expect(await act(stranger, 'PATCH', group, { status: 'open' })).toBe(404);
    expect(await act(engineer, 'PATCH', group, { owner: stranger.id })).toBe(404);
    expect(await act(engineer, 'PATCH', group, { status: 'fixed', fixed_in: '<script>' })).toBe(400);
    const token = await bed.token('read');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const patched = await bed.ask(group, { method: 'PATCH', headers, body: '{"status":"open"}' });
    expect(patched.status).toBe(401);
  });
});

describe('a merge', () => {
  test('is shown as one, and taken back leaves both as they were', async () => {
    const [find, drop, send] = [await groupId('find'), await groupId('drop'), await groupId('send')];
    const before = await get('/api/v1/top?project=relay');
    expect(await act(engineer, 'POST', `/api/v1/groups/${find}/parts`, { part: drop })).toBe(204);
    expect(await get(`/api/v1/groups/${find}/signature`)).toMatchObject({
      count: 5,
      parts: [{ id: drop, signature: 'drop', count: 2 }],
    });
    expect(await get(`/api/v1/groups/${drop}/signature`)).toMatchObject({ merged_into: find });
    expect((await get(`/api/v1/groups/${find}/reports`))['reports']).toHaveLength(5);
    expect(((await get('/api/v1/top?project=relay'))['crashers'] as Json[]).map((it) => it['count'])).toEqual([5, 1]);
    for (const [whole, part] of [
      [send, find],
      [drop, send],
      [find, find],
    ] as const) {
      expect([404, 409]).toContain(await act(engineer, 'POST', `/api/v1/groups/${whole}/parts`, { part }));
    }
    expect(await act(engineer, 'DELETE', `/api/v1/groups/${find}/parts/${drop}`)).toBe(204);
    expect(await act(engineer, 'DELETE', `/api/v1/groups/${find}/parts/${drop}`)).toBe(404);
    expect(await get('/api/v1/top?project=relay')).toEqual(before);
  });
});

describe('notes', () => {
  test('are plain text of who wrote them', async () => {
    const notes = `/api/v1/groups/${await groupId('send')}/notes`;
    expect(await act(engineer, 'POST', notes, { text: '<b>seen</b>\nin the lab' })).toBe(201);
    const [note] = (await get(notes, engineer))['notes'] as Json[];
    expect(note).toMatchObject({ text: '<b>seen</b>\nin the lab', mine: true, edited_at: null });
    const path = `${notes}/${String(note?.['id'])}`;
    const other = await bed.visitor('engineer');
    expect(await act(other, 'PATCH', path, { text: 'mine now' })).toBe(404);
    expect(await act(engineer, 'PATCH', path, { text: 'better' })).toBe(204);
    expect(await act(engineer, 'DELETE', path)).toBe(204);
    expect((await get(notes))['notes']).toEqual([]);
  });

  test.each([
    ['empty', ' '],
    ['long', 'x'.repeat(4001)],
    ['with control characters', 'a\u0000b'],
  ])('that are %s are refused', async (_what, text) => {
    expect(await act(engineer, 'POST', `/api/v1/groups/${await groupId('send')}/notes`, { text })).toBe(400);
  });
});

describe('views', () => {
  test('are a person’s own, or shared by who manages the project', async () => {
    const view = { project: 'relay', name: 'Windows', page: 'top', state: 'q=os:windows&days=7' };
    expect(await act(viewer, 'POST', '/api/v1/views', { ...view, shared: true })).toBe(403);
    expect(await act(viewer, 'POST', '/api/v1/views', { ...view, shared: false })).toBe(201);
    expect(await act(engineer, 'POST', '/api/v1/views', { ...view, name: 'All', shared: true })).toBe(201);
    expect(await act(stranger, 'POST', '/api/v1/views', { ...view, shared: false })).toBe(404);
    const names = async (who: Visitor) =>
      ((await get('/api/v1/views?project=relay', who))['views'] as Json[]).map((it) => it['name']);
    expect(await names(viewer)).toEqual(['All', 'Windows']);
    expect(await names(engineer)).toEqual(['All']);
    const [shared] = (await get('/api/v1/views?project=relay'))['views'] as Json[];
    const path = `/api/v1/views/${String(shared?.['id'])}`;
    expect(await act(viewer, 'DELETE', path)).toBe(404);
    expect(await act(stranger, 'DELETE', path)).toBe(404);
    expect(await act(engineer, 'PATCH', path, { name: 'Everything', state: 'days=30' })).toBe(204);
    expect(await act(engineer, 'DELETE', path)).toBe(204);
    expect(await names(viewer)).toEqual(['Windows']);
  });

  test('hold what an address bar may hold', async () => {
    const view = { project: 'relay', name: 'x', page: 'top', state: '"><script>', shared: false };
    expect(await act(viewer, 'POST', '/api/v1/views', view)).toBe(400);
  });
});

test.each(['signature', 'trend', 'facets', 'correlations', 'icicle', 'why', 'acts', 'notes', 'reports'])(
  '%s of a group of another project is not there',
  async (route) => {
    const response = await bed.ask(`/api/v1/groups/${await groupId('theirs')}/${route}`, { headers: viewer.headers });
    expect(response.status).toBe(404);
  },
);
