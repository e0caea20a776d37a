import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Testbed, capturedRequest, openTestbed, sendRaw } from './ingest.testbed.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared');
const captures = join(shared, 'fixtures/http');
const absent = !existsSync(captures);

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed();
  token = await bed.token('ingest');
});
afterAll(async () => {
  await bed.close();
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function rowOf(id: string): Promise<Record<string, unknown> | undefined> {
  return (await bed.sql('select * from strict.dump where id = $1', [id]))[0];
}

async function partsOf(id: string): Promise<Record<string, unknown>[]> {
  return bed.sql('select * from strict.dump_part where dump_id = $1 order by kind', [id]);
}

describe.skipIf(absent)(absent ? 'captured uploads (NOT RUN: no ../shared/fixtures/http)' : 'captured uploads', () => {
  test.each([
    ['breakpad-minidump_upload.raw', 'MyApp', '1.2.3', 1, 17_948],
    ['crashpad-nogzip.raw', 'Chrome_Linux', '156.0.8078.79', 1, null],
    ['crashpad-gzip.raw', 'Chrome_Linux', '156.0.8078.79', 1, null],
    ['crashpad-attach-nogzip.raw', 'Chrome_Linux', '156.0.8078.79', 3, null],
  ])('%s is taken as it came over the wire', async (file, product, version, parts) => {
    const request = await capturedRequest(join(captures, file), `/submit?token=${token}&product=x&version=y`);
    const { status, head, body } = await sendRaw(bed.port, request);
    expect(status).toBe(200);
    expect(head).toMatch(/content-type: text\/plain/i);
    expect(body).toMatch(UUID);
    expect(await rowOf(body)).toMatchObject({
      project: 'default',
      format: 'minidump',
      product,
      version,
      state: 'queued',
    });
    expect(await partsOf(body)).toHaveLength(parts);
    expect(bed.announced).toContain(`walk ${body}`);
  });

  test.each([
    '/submit/TOKEN',
    '/submit?token=TOKEN',
    '/api/1/minidump/?sentry_key=TOKEN',
    '/api/1/minidump?sentry_key=TOKEN',
    '/api/default/minidump/?sentry_client=sentry.native%2F0.7.0&sentry_key=TOKEN',
  ])('%s is an address that a token opens', async (address) => {
    const file = join(captures, 'breakpad-minidump_upload.raw');
    const { status, body } = await sendRaw(bed.port, await capturedRequest(file, address.replace('TOKEN', token)));
    expect([status, UUID.test(body)]).toEqual([200, true]);
  });
});

const DUMP = Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(100_000, 7)]);

async function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${bed.url}${path}`, { method: 'POST', body, headers, redirect: 'manual' });
}

test('a raw body', async () => {
  const answer = await post(`/submit?token=${token}&product=App&version=2.0`, DUMP, {
    'content-type': 'application/octet-stream',
  });
  expect(answer.status).toBe(200);
  const id = await answer.text();
  expect(await rowOf(id)).toMatchObject({ product: 'App', version: '2.0', plain_bytes: String(DUMP.length) });
});

void readFile;
void gzipSync;
