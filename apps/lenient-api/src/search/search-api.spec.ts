import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Testbed, type Visitor, openTestbed } from '../lenient-api.testbed.js';

let bed: Testbed;
let viewer: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  bed = await openTestbed();
  viewer = await bed.visitor('viewer');
  stranger = await bed.visitor(null);
  for (let i = 0; i < 5; i++) await bed.report(i < 3 ? 'relay::find' : '=cmd|"calc", x');
  await bed.report('other::secret', 'other');
});
afterAll(() => bed.close());

const get = (path: string, who = viewer): Promise<Response> => bed.ask(path, { headers: who.headers });
const json = async (path: string): Promise<Record<string, unknown>> => {
  const response = await get(path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Record<string, unknown>;
};

test('reports that fit, and what could be typed next', async () => {
  const found = await json('/api/v1/search?project=relay&q=signature~relay%20os:linux');
  expect(found['reports']).toHaveLength(3);
  const facets = await json('/api/v1/search/facets?project=relay&fields=version,signature');
  expect(facets).toMatchObject({
    total: { count: 5, complete: true },
    facets: [
      { field: 'version', complete: true, values: [{ value: '4.18.2', count: 5 }] },
      { field: 'signature', values: [{ value: 'relay::find', count: 3 }, { count: 2 }] },
    ],
  });
  const choices = await json('/api/v1/search/complete?project=relay&q=version:4&at=9');
  expect(choices).toEqual({ from: 8, to: 9, choices: [{ text: '4.18.2', about: null, count: 5 }] });
});

test('an error points at its place and does not repeat it', async () => {
  const response = await get('/api/v1/search?project=relay&q=os:linux%20verison:zebra');
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = await response.text();
  expect(JSON.parse(problem)).toMatchObject({ code: 'query.unknown-field', at: 9, length: 7, meant: 'version' });
  expect(problem).not.toContain('zebra');
});

test.each(['?project=relay&days=0', '?project=relay&days=500', '?project=relay&from=2026-02-01&to=2026-01-01'])(
  'a time that is none is refused: %s',
  async (query) => {
    expect((await get(`/api/v1/search${query}`)).status).toBe(400);
  },
);

test('the top, with marks', async () => {
  expect(await json('/api/v1/top?project=relay&days=14')).toMatchObject({
    groups: 2,
    reports: 5,
    reports_before: 0,
    complete: true,
    more: false,
    crashers: [
      { signature: 'relay::find', rank: 1, rank_before: null, count: 3, is_new: true, installs: null, status: 'open' },
      { rank: 2, count: 2 },
    ],
  });
});

describe('as a file', () => {
  test('CSV, where no cell is a formula', async () => {
    const response = await get('/api/v1/search/export?project=relay');
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toContain('reports.csv');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(
      'id,received_at,signature,product,version,channel,os,os_version,cpu,crash_reason,state,failure,group_id',
    );
    expect(lines.filter((it) => it.includes(`"'=cmd|""calc"", x"`))).toHaveLength(2);
  });

  test('JSON, over several pages', async () => {
    const response = await get('/api/v1/search/export?project=relay&format=json');
    expect(await response.json()).toHaveLength(5);
    const none = await get('/api/v1/search/export?project=relay&format=json&q=version:9');
    expect(await none.json()).toEqual([]);
  });

  test('a search that cannot be read is a refusal, not half a file', async () => {
    const response = await get('/api/v1/search/export?project=relay&q=(');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'query.unclosed-parenthesis' });
  });
});

test.each(['search', 'search/facets', 'search/export', 'top', 'search/complete?at=0'])(
  '%s of a project that one is no member of is not there',
  async (route) => {
    const join = route.includes('?') ? '&' : '?';
    expect((await get(`/api/v1/${route}${join}project=relay`, stranger)).status).toBe(404);
    expect((await get(`/api/v1/${route}${join}project=other`)).status).toBe(404);
  },
);
