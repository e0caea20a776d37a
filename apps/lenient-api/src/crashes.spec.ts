import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DumpId, DumpAliasText, ProjectIdText, newDumpId } from '@crashkeep/ids';
import { openLenientStore, writeDumpState } from '@crashkeep/lenient-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, type Testbed, type Visitor, openTestbed } from './lenient-api.testbed.js';

let bed: Testbed;
let viewer: Visitor;
let webRoot: string;
const ids: DumpId[] = [];

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'crashkeep-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Crashkeep</title>');
  await writeFile(join(webRoot, 'assets/app-0a1b2c3d.js'), 'export {};');
  bed = await openTestbed(webRoot);
  viewer = await bed.visitor('viewer');
  for (let i = 0; i < 5; i++) ids.push(await bed.report(i < 3 ? 'relay::find' : 'relay::drop'));
});
afterAll(async () => {
  await bed.close();
  await rm(webRoot, { recursive: true });
});

const get = async <T>(path: string): Promise<T> => {
  const response = await bed.ask(path, { headers: viewer.headers });
  expect(response.status, path).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return (await response.json()) as T;
};

interface Groups {
  readonly groups: {
    id: string;
    signature: string;
    count: number;
    trend: number[];
    versions: string[];
    os: string[];
  }[];
  readonly next: string | null;
}
interface Reports {
  readonly reports: { id: string; state: string; signature: string | null; group_id: string | null }[];
  readonly next: string | null;
}

test('groups, page by page, and their reports', async () => {
  const first = await get<Groups>('/api/v1/groups?project=relay&limit=1');
  expect(first.groups).toMatchObject([{ signature: 'relay::find', count: 3, versions: ['4.18.2'], os: ['linux'] }]);
  expect(first.groups[0]?.trend).toHaveLength(14);
  const second = await get<Groups>(`/api/v1/groups?project=relay&limit=1&cursor=${String(first.next)}`);
  expect(second).toMatchObject({ groups: [{ signature: 'relay::drop', count: 2 }], next: null });
  const group = `/api/v1/groups/${String(first.groups[0]?.id)}`;
  expect(await get(group)).toEqual(first.groups[0]);
  const reports = await get<Reports>(`${group}/reports`);
  expect(reports.reports.map((it) => it.id).sort()).toEqual(ids.slice(0, 3).sort());
});

test("a report by id, with a machine's token, as DESIGN.md 16 says", async () => {
  const token = await bed.token('read');
  const response = await bed.ask(`/api/v1/reports/${String(ids[0])}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({
    id: ids[0],
    state: 'done',
    failure: null,
    report: { id: ids[0], schema: 1, signature: 'relay::find', withheld: [{ kind: 'memory', count: 1 }] },
    life: { dump_bytes: 4096, opened_bytes: 512, attachments: 1, annotations: 2, shredded_at: null },
    group: { count: 3 },
  });
});

describe('a dump that is not walked yet', () => {
  const dump = newDumpId();
  const received = (id: DumpId, alias: string | null = null) =>
    ({
      change: 'received',
      dump: id,
      project: ProjectIdText.parse('relay'),
      alias: alias === null ? null : DumpAliasText.parse(alias),
      receivedAt: Date.now() + 60_000,
      heldUntil: Date.now() + 86_400_000,
      dumpBytes: 1,
      attachments: 0,
      annotations: 0,
    }) as const;

  test('is there by id and alias, and first in the list', async () => {
    const worker = openLenientStore(bed.urlFor('ck_worker'), { connections: 1 });
    await writeDumpState(worker.rows, received(dump, '00112233445566aa'));
    await writeDumpState(worker.rows, { change: 'walking', dump });
    await writeDumpState(worker.rows, { change: 'failed', dump, failure: 'minidump.bad-magic' });
    await worker.close();
    for (const id of [dump, '00112233445566aa']) {
      expect(await get(`/api/v1/reports/${id}`)).toMatchObject({
        id: dump,
        state: 'failed',
        failure: 'minidump.bad-magic',
        report: null,
        group: null,
      });
    }
    const { reports } = await get<Reports>('/api/v1/reports?project=relay');
    expect(reports[0]).toMatchObject({ id: dump, state: 'failed', signature: null, group_id: null });
    expect(reports).toHaveLength(6);
  });

  test('is told of as an event, with id and state and nothing else', async () => {
    const aborted = new AbortController();
    const response = await bed.ask('/api/v1/events?project=relay', { headers: viewer.headers, signal: aborted.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const worker = openLenientStore(bed.urlFor('ck_worker'), { connections: 1 });
    const [mine, theirs] = [newDumpId(), newDumpId()];
    await writeDumpState(worker.rows, { ...received(theirs), project: ProjectIdText.parse('other') });
    await writeDumpState(worker.rows, received(mine));
    await worker.close();
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes(mine)) break;
    }
    aborted.abort();
    expect(text).toContain(`event: dump`);
    expect(text).toContain(`data: {"id":"${mine}","state":"queued"}`);
    expect(text).not.toContain(theirs);
  });
});

test('a page that listens does not keep the process from ending', async () => {
  const ending = await openTestbed();
  const person = await ending.visitor('viewer');
  const response = await ending.ask('/api/v1/events?project=relay', { headers: person.headers });
  await ending.close();
  expect(await response.text()).not.toContain('event: dump');
});

test('the document is OpenAPI 3.1, and every answer in it has a schema', async () => {
  const response = await bed.ask('/api/openapi.json');
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: Record<string, { schema?: unknown }> }> }>
    >;
    components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
  };
  expect(document.openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const [status = '', answer] = Object.entries(responses).find(([it]) => it !== 'default') ?? [];
      const described =
        status === '204' || path === '/api/v1/events' || answer?.content?.['application/json']?.schema !== undefined;
      expect(described, `${method} ${path}`).toBe(true);
    }
  }
  expect(Object.keys(document.components.schemas['LenientReport']?.properties ?? {})).toContain('signature');
  expect(JSON.stringify(document)).not.toContain('#/$defs/');
});

test('the page: its own addresses are its own, assets are kept for ever, nothing runs that is not a file of ours', async () => {
  for (const path of ['/', '/reports/x', '/invitation']) {
    const response = await bed.ask(path);
    expect(await response.text()).toContain('<title>Crashkeep</title>');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  }
  expect((await bed.ask('/assets/app-0a1b2c3d.js')).headers.get('cache-control')).toContain('immutable');
  expect((await bed.ask('/api/v1/nowhere')).status).toBe(404);
  expect((await bed.ask('/healthz')).status).toBe(200);
});

test('nothing strict, and nothing that was sent, comes out of an answer or a log', async () => {
  const canary = randomBytes(32).toString('base64url');
  const [dump] = ids;
  await plantStrictRows(canary, String(dump));
  const json = { 'content-type': 'application/json' };
  const answers: string[] = [];
  const keep = async (response: Response): Promise<void> => {
    answers.push(await response.text(), JSON.stringify([...response.headers]));
  };
  for (const body of [
    { login: canary, password: canary },
    { login: viewer.login, password: canary, [canary]: canary },
    { login: [canary], password: PASSWORD },
  ]) {
    await keep(await bed.ask('/api/v1/session', { method: 'POST', headers: json, body: JSON.stringify(body) }));
  }
  await keep(await bed.ask('/api/v1/session', { method: 'POST', headers: json, body: `{"${canary}` }));
  await keep(
    await bed.ask('/api/v1/invitations/accept', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ secret: canary, password: PASSWORD }),
    }),
  );
  await keep(await bed.ask('/api/v1/projects', { headers: { authorization: `Bearer ckr_${canary}` } }));
  const { headers } = viewer;
  for (const path of [
    `/api/v1/${canary}`,
    `/api/v1/groups?project=${canary}`,
    `/api/v1/groups?project=relay&q=${canary}`,
    `/api/v1/groups?project=relay&cursor=${canary}`,
    `/api/v1/reports/${canary}`,
    `/api/v1/reports/${String(dump)}`,
    '/api/v1/reports?project=relay',
    '/api/v1/groups?project=relay',
    '/api/v1/people',
    '/api/v1/tokens?project=relay',
    '/api/openapi.json',
    `/api/v1/search?project=relay&q=${canary}`,
    `/api/v1/search?project=relay&q=module~${canary}%20version:${canary}`,
    `/api/v1/search?project=relay&q=${canary}:x`,
    `/api/v1/search/facets?project=relay&q=${canary}&fields=version,module,function,missing_symbols,signature`,
    '/api/v1/search/facets?project=relay&fields=product,version,channel,os,os_version,cpu,reason,module,function',
    '/api/v1/search/complete?project=relay&q=version:&at=8',
    '/api/v1/search/complete?project=relay&q=module:&at=7',
    '/api/v1/search/export?project=relay&format=csv',
    '/api/v1/search/export?project=relay&format=json',
    `/api/v1/search/export?project=relay&q=(${canary}`,
    '/api/v1/top?project=relay',
    `/api/v1/top?project=relay&q=signature~${canary}`,
    '/api/v1/projects/relay/health',
    '/api/v1/projects/relay/annotations',
    ...(await bed.sql('SELECT id FROM lenient.crash_group')).flatMap(({ id }) =>
      ['signature', 'trend', 'facets', 'correlations', 'icicle', 'why', 'acts', 'notes', 'reports'].map(
        (part) => `/api/v1/groups/${String(id)}/${part}`,
      ),
    ),
  ]) {
    await keep(await bed.ask(path, { headers }));
  }
  const sinks = [...answers, ...bed.logged].join('\n');
  const windows = Array.from({ length: canary.length - 7 }, (_, i) => canary.slice(i, i + 8));
  expect(windows.filter((it) => sinks.includes(it))).toEqual([]);
});

/** What a broken query or a join too many would bring up. */
async function plantStrictRows(canary: string, dump: string): Promise<void> {
  const header = Buffer.from(canary);
  await bed.sql(
    `INSERT INTO strict.dump (id, project, format, object_key, plain_bytes, sealed_bytes, vault_header, vault_recipient,
       extraction_recipient, product, version, channel, retain_until)
     VALUES ($1, 'relay', 'minidump', $2, 1, 1, $3, $4, $4, $2, $2, $2, now())`,
    [dump, canary, header, randomUUID()],
  );
  await bed.sql('INSERT INTO strict.walk (dump_id, walker, result) VALUES ($1, 1, $2)', [
    dump,
    JSON.stringify({ canary }),
  ]);
}

test('what has not changed is not sent again', async () => {
  const { groups } = await get<Groups>('/api/v1/groups?project=relay');
  for (const path of [`/api/v1/reports/${String(ids[0])}`, `/api/v1/groups/${String(groups[0]?.id)}/signature`]) {
    const first = await bed.ask(path, { headers: viewer.headers });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await conditional(path, etag);
    expect(again, path).toEqual({ status: 304, body: '' });
  }
});

test('a page answers HEAD as it answers GET', async () => {
  const response = await bed.ask('/', { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
});

test('how many calls are left is told, and the last one refused with a time to wait', async () => {
  const person = await bed.visitor('viewer');
  const ask = () => bed.ask('/api/v1/search/facets?project=relay', { headers: person.headers });
  const first = await ask();
  expect(first.headers.get('ratelimit-policy')).toContain('"calls"; q=600; w=60');
  expect(first.headers.get('ratelimit')).toContain('"searches"; r=119');
  for (let i = 0; i < 12; i++) await Promise.all(Array.from({ length: 10 }, ask));
  const refusal = await ask();
  expect(refusal.status).toBe(429);
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refusal.json()).toMatchObject({ code: 'http.too-many', retry: true });
  expect((await bed.ask('/api/v1/projects', { headers: person.headers })).status).toBe(200);
});

/** As browsers ask: fetch of Node would add that it wants no kept answer. */
const conditional = (path: string, etag: string): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = { ...viewer.headers, 'if-none-match': etag };
    request(`${bed.url}${path}`, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode, body });
      });
    })
      .on('error', reject)
      .end();
  });
