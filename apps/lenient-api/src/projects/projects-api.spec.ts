import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Testbed, type Visitor, openTestbed } from '../lenient-api.testbed.js';

let bed: Testbed;
let viewer: Visitor;
let engineer: Visitor;
let operator: Visitor;

beforeAll(async () => {
  bed = await openTestbed();
  [viewer, engineer, operator] = [
    await bed.visitor('viewer'),
    await bed.visitor('engineer'),
    await bed.visitor('operator'),
  ];
  for (let i = 0; i < 4; i++) await bed.report('find');
});
afterAll(() => bed.close());

type Json = Record<string, unknown>;
const get = async (path: string, who: Visitor): Promise<Json> => {
  const response = await bed.ask(path, { headers: who.headers });
  expect(response.status, path).toBe(200);
  return (await response.json()) as Json;
};
const act = async (who: Visitor, method: string, path: string, body?: unknown): Promise<number> =>
  (await bed.act(who, method, path, body)).status;
const leaves = async (kind: string): Promise<Json[]> =>
  (await bed.sql('SELECT body FROM ledger.leaf'))
    .map((it) => JSON.parse(String(it['body'])) as Json)
    .filter((it) => it['act'] === kind);

test('a project is made and set by an operator, each with its leaf, and by nobody else', async () => {
  const body = { id: 'phone', name: 'Phone', answer_style: 'crashid' };
  for (const who of [viewer, engineer]) expect(await act(who, 'POST', '/api/v1/projects', body)).toBe(403);
  expect(await act(operator, 'POST', '/api/v1/projects', body)).toBe(201);
  expect(await act(operator, 'POST', '/api/v1/projects', body)).toBe(409);
  expect(await act(operator, 'PATCH', '/api/v1/projects/phone', { preset: 'crashpad', lenient_days: 90 })).toBe(200);
  expect(await get('/api/v1/projects/phone', operator)).toEqual({
    id: 'phone',
    name: 'Phone',
    answer_style: 'crashid',
    preset: 'crashpad',
    raw_days: 30,
    lenient_days: 90,
    mine: true,
  });
  expect(await get('/api/v1/projects/relay', viewer)).toMatchObject({ mine: false });
  expect(await act(engineer, 'PATCH', '/api/v1/projects/relay', { name: 'Mine' })).toBe(403);
  expect((await bed.ask('/api/v1/projects/phone', { headers: viewer.headers })).status).toBe(404);
  expect(await act(operator, 'PATCH', '/api/v1/projects/relay', { lenient_days: 0 })).toBe(400);
  expect(await leaves('project.made')).toMatchObject([{ project: 'phone', by: operator.id, answerStyle: 'crashid' }]);
  expect(await leaves('project.changed')).toMatchObject([{ preset: 'crashpad', lenientDays: 90 }]);
});

test('the console can touch neither how long memory is kept nor what a ticket looks like', async () => {
  await act(operator, 'PATCH', '/api/v1/projects/relay', { raw_days: 1, ticket_pattern: '.*' });
  const [row] = await bed.sql("SELECT raw_days, ticket_pattern FROM identity.project WHERE id = 'relay'");
  expect(row).toEqual({ raw_days: 30, ticket_pattern: '^[A-Z][A-Z0-9]{1,9}-[0-9]{1,8}$' });
  const update = bed.console.identity.rows.$executeRaw`UPDATE identity.project SET raw_days = 1`;
  await expect(update).rejects.toThrow();
});

test('throttle rules: a forecast of counts, then set, with a leaf', async () => {
  const rules = [
    { field: 'version', pattern: '4.*', action: 'defer', percent: 50 },
    { field: null, pattern: null, action: 'reject', percent: 100 },
  ];
  const forecast = await bed.act(viewer, 'POST', '/api/v1/projects/relay/throttle/forecast?days=7', { rules });
  expect(await forecast.json()).toEqual({ reports: 4, taken: [2, 2], untouched: 0 });
  expect(await act(engineer, 'PUT', '/api/v1/projects/relay/throttle', { rules })).toBe(403);
  expect(await act(operator, 'PUT', '/api/v1/projects/relay/throttle', { rules })).toBe(204);
  expect(await get('/api/v1/projects/relay/throttle', viewer)).toEqual({ rules });
  expect(await leaves('throttle-rules.set')).toMatchObject([{ project: 'relay', by: operator.id, rules }]);
  const bad = [{ field: 'version', pattern: '(a+)+$', action: 'reject', percent: 100 }];
  expect(await act(operator, 'PUT', '/api/v1/projects/relay/throttle', { rules: bad })).toBe(400);
});

test('ingest health is counts by hour and code', async () => {
  await bed.sql(
    `INSERT INTO lenient.ingest_hour VALUES ('relay', date_trunc('hour', now()), 'accepted', '', 7),
       ('relay', date_trunc('hour', now()), 'refused', 'malformed_wrong_magic', 2), ('other', date_trunc('hour', now()), 'accepted', '', 1)`,
  );
  const { hours } = (await get('/api/v1/projects/relay/health', viewer)) as { hours: Json[] };
  expect(hours.map(({ outcome, reason, count }) => [outcome, reason, count])).toEqual([
    ['accepted', '', 7],
    ['refused', 'malformed_wrong_magic', 2],
  ]);
});

test('a declared annotation is proposed here, and signed nowhere here', async () => {
  const path = '/api/v1/projects/relay/annotations';
  const body = {
    name: 'gpu_vendor',
    terms: { type: 'choice', choices: ['intel', 'amd'] },
    why: 'A closed list of makers.',
  };
  expect(await act(viewer, 'POST', path, body)).toBe(403);
  expect(await act(engineer, 'POST', path, { ...body, terms: { type: 'number', least: 5, most: 1 } })).toBe(400);
  expect(await act(engineer, 'POST', path, { ...body, terms: { type: 'text' } })).toBe(400);
  expect(await act(engineer, 'POST', path, body)).toBe(201);
  const [rule] = (await get(path, viewer))['annotations'] as Json[];
  expect(rule).toMatchObject({ name: 'gpu_vendor', terms: body.terms, state: 'proposed', signed_at: null });
  expect(await get(`${path}/forecast`, viewer)).toEqual({ dumps: 4, with_annotations: 4 });
  const id = String(rule?.['id']);
  const { rows } = bed.console.store;
  await expect(
    rows.$executeRaw`UPDATE lenient.annotation_rule SET state = 'signed' WHERE id = ${id}::uuid`,
  ).rejects.toThrow();
  await expect(rows.$executeRaw`UPDATE lenient.annotation_rule SET statement = '\\x00'`).rejects.toThrow();
  expect(await act(engineer, 'DELETE', `${path}/${id}`)).toBe(204);
  expect(await act(engineer, 'DELETE', `${path}/${id}`)).toBe(404);
  expect(await leaves('annotation.withdrawn')).toMatchObject([{ rule: id, name: 'gpu_vendor' }]);
});
