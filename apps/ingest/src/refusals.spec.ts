import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Testbed, openTestbed, sendRaw } from './ingest.testbed.js';
import { DUMP, fieldPart, filePart, multipart } from './multipart.testkit.js';

const MIB = 1024 * 1024;
const FORM = { 'content-type': 'multipart/form-data; boundary=b' };
const RAW = { 'content-type': 'application/octet-stream' };

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed({
    limits: {
      ...{ uploadBytes: MIB, parts: 20, attachments: 4, nameBytes: 64 },
      ...{ annotations: 10, annotationBytes: 2000, symbolBytes: MIB },
    },
  });
  token = await bed.token('ingest');
});
afterAll(async () => {
  await bed.close();
});
afterEach(async () => {
  // Whatever a test sent, nothing of it may be left.
  expect(await bed.files()).toEqual([]);
  expect(await bed.sql('select 1 from strict.dump')).toEqual([]);
  expect(await bed.sql('select 1 from ledger.leaf')).toEqual([]);
  expect(await bed.sql('select 1 from lenient.dump_state')).toEqual([]);
});

async function post(body: Buffer, headers: Record<string, string>, as = token): Promise<Response> {
  const init = { method: 'POST', body, redirect: 'manual', headers: { authorization: `Bearer ${as}`, ...headers } };
  return fetch(`${bed.url}/submit`, init as RequestInit);
}

async function refusal(body: Buffer, headers: Record<string, string>): Promise<[number, string]> {
  const answer = await post(body, headers);
  const text = await answer.text();
  if (!answer.headers.get('content-type')?.includes('problem+json')) return [answer.status, text];
  return [answer.status, (JSON.parse(text) as { code: string }).code];
}

const dumpForm = (...parts: Parameters<typeof multipart>[1]) =>
  multipart('b', [...parts, [filePart('upload_file_minidump'), DUMP]]);

describe('not a dump: 400, and nothing stored', () => {
  const log = [filePart('log'), Buffer.alloc(100_000, 1)] as const;
  const cases: [reason: string, body: Buffer, headers: Record<string, string>][] = [
    ['wrong_magic', Buffer.from('hello, this is no dump'), RAW],
    ['wrong_magic', Buffer.from('MDM'), RAW],
    ['wrong_magic', Buffer.from('7f454c460201010000000000000000000200', 'hex'), RAW], // an executable, not a core
    ['wrong_magic', gzipSync('no dump'), RAW],
    ['wrong_magic', gzipSync(gzipSync(DUMP)), RAW],
    ['empty_dump', Buffer.alloc(0), RAW],
    ['unknown_compression', Buffer.from('28b52ffd2400', 'hex'), RAW],
    ['unknown_compression', Buffer.from('fd377a585a000004', 'hex'), RAW],
    ['wrong_magic', multipart('b', [log, [filePart('upload_file_minidump'), 'not one']]), FORM],
    ['no_dump', multipart('b', [log, [fieldPart('prod'), 'App']]), FORM],
    ['no_dump', multipart('b', [[filePart('upload_file_minidump'), multipart('i', [[fieldPart('a'), 'b']])]]), FORM],
    ['dump_not_a_file', multipart('b', [log, [fieldPart('upload_file_minidump'), 'MDMP']]), FORM],
    ['invalid_json', dumpForm([fieldPart('extra', 'application/json'), '{"a":']), FORM],
    ['invalid_json', dumpForm([fieldPart('extra', 'application/json'), '["a"]']), FORM],
    ['invalid_json_value', dumpForm([fieldPart('extra', 'application/json'), '{"a":1}']), FORM],
    ['invalid_payload_structure', dumpForm(log).subarray(0, -6), FORM],
    ['invalid_payload_structure', Buffer.from('--b\r\nContent-Disposition: form-data; name="a'), FORM],
    ['invalid_payload_structure', Buffer.from('no boundary in here'), FORM],
    ['no_boundary', DUMP, { 'content-type': 'multipart/form-data' }],
    ['wrong_content_type', DUMP, { 'content-type': 'text/plain' }],
    ['wrong_content_type', DUMP, { 'content-type': 'multipart/related; boundary=b' }],
    ['bad_gzip', DUMP, { ...RAW, 'content-encoding': 'gzip' }],
    ['bad_gzip', gzipSync(DUMP).subarray(0, 150), { ...RAW, 'content-encoding': 'gzip' }],
    ['bad_gzip', gzipSync(DUMP).subarray(0, 150), RAW],
    ['wrong_content_encoding', DUMP, { ...RAW, 'content-encoding': 'br' }],
  ];
  test.each(cases)('malformed_%s', async (reason, body, headers) => {
    expect(await refusal(body, headers)).toEqual([400, `Discarded=malformed_${reason}\n`]);
  });

  test('malformed_no_content_type', async () => {
    const head = `POST /submit/${token} HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(DUMP.length)}\r\n\r\n`;
    const { status, body } = await sendRaw(bed.port, Buffer.concat([Buffer.from(head), DUMP]));
    expect([status, body]).toEqual([400, 'Discarded=malformed_no_content_type\n']);
  });
});

describe('too much: 413 while it streams, and nothing stored', () => {
  const many = (count: number, make: (n: number) => readonly [string, string]) =>
    Array.from({ length: count }, (_, n) => make(n));
  const bomb = gzipSync(Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(64 * MIB)]));
  const large = Buffer.concat([Buffer.from('MDMP'), Buffer.alloc(8 * MIB)]);
  const cases: [code: string, what: string, body: Buffer, headers: Record<string, string>][] = [
    ['ingest.too-large', 'a raw body', large, RAW],
    ['ingest.too-large', 'a dump in a form', multipart('b', [[filePart('upload_file_minidump'), large]]), FORM],
    ['ingest.too-large', 'an attachment', multipart('b', [[filePart('log'), large]]), FORM],
    ['ingest.too-large', 'a gzip bomb as body', bomb, { ...RAW, 'content-encoding': 'gzip' }],
    ['ingest.too-large', 'a gzip bomb as raw dump', bomb, RAW],
    ['ingest.too-large', 'a gzip bomb as part', multipart('b', [[filePart('upload_file_minidump'), bomb]]), FORM],
    ['ingest.too-large', 'a bomb within a gzip', gzipSync(bomb), { ...RAW, 'content-encoding': 'gzip' }],
    ['ingest.too-many-parts', 'parts', dumpForm(...many(21, () => [fieldPart('same'), 'x'])), FORM],
    ['ingest.too-many-parts', 'attachments', dumpForm(...many(5, (n) => [filePart(`log${String(n)}`), 'x'])), FORM],
    ['ingest.too-long-name', 'the name of a field', dumpForm([fieldPart('n'.repeat(65)), 'x']), FORM],
    ['ingest.too-long-name', 'the name of a file', dumpForm([filePart('n'.repeat(65)), 'x']), FORM],
    ['ingest.too-long-name', 'the name of a field, in bytes', dumpForm([fieldPart('ä'.repeat(33)), 'x']), FORM],
    [
      'ingest.too-many-annotations',
      'annotations',
      dumpForm(...many(11, (n) => [fieldPart(`a${String(n)}`), 'x'])),
      FORM,
    ],
    ['ingest.too-large-annotations', 'one annotation', dumpForm([fieldPart('a'), 'x'.repeat(2001)]), FORM],
    [
      'ingest.too-large-annotations',
      'all of them',
      dumpForm(...many(9, () => [fieldPart('same'), 'x'.repeat(300)])),
      FORM,
    ],
    [
      'ingest.too-large-annotations',
      'a JSON part',
      dumpForm([filePart('extra', 'application/json'), `{"a":"${'x'.repeat(2001)}"}`]),
      FORM,
    ],
  ];
  test.each(cases)('%s: %s', async (code, _what, body, headers) => {
    expect(await refusal(body, headers)).toEqual([413, code]);
  });

  test('a body whose gzip goes on without unfolding', async () => {
    const empty = gzipSync(Buffer.alloc(0));
    const body = Buffer.concat([gzipSync('MDMP'), ...Array.from({ length: (2 * MIB) / empty.length }, () => empty)]);
    expect(await refusal(body, { ...RAW, 'content-encoding': 'gzip' })).toEqual([413, 'ingest.too-large']);
  });
});

describe('who may not: 401, the same for all', () => {
  const strangers: [who: string, headers: () => Promise<Record<string, string>>][] = [
    ['an unknown token', () => Promise.resolve({ authorization: `Bearer cki_${'x'.repeat(71)}` })],
    ['what is no token', () => Promise.resolve({ authorization: 'Bearer hello' })],
    ['no token', () => Promise.resolve({ authorization: '' })],
    ['a token of class symbols', async () => ({ authorization: `Bearer ${await bed.token('symbols')}` })],
    ['a token of class read', async () => ({ authorization: `Bearer ${await bed.token('read')}` })],
    [
      'a token in two places',
      () => Promise.resolve({ authorization: `Bearer ${token}`, 'x-sentry-auth': `Sentry sentry_key=${token}` }),
    ],
    ['a session cookie', () => Promise.resolve({ cookie: '__Host-crashkeep=x', authorization: '' })],
  ];
  test.each(strangers)('%s', async (_who, headers) => {
    const answer = await post(DUMP, { ...RAW, ...(await headers()) });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'ingest.unauthorized', retry: false });
  });

  test('a revoked token, as soon as a few seconds are over', async () => {
    const revoked = await bed.token('ingest');
    await bed.sql('update identity.api_token set revoked_at = now() where hash = sha256($1)', [Buffer.from(revoked)]);
    expect((await post(DUMP, RAW, revoked)).status).toBe(401);
  });

  test('is told before the body was sent, and can read it', async () => {
    const large = Buffer.alloc(12 * MIB, 1);
    const answer = await post(large, { ...RAW, authorization: 'Bearer nobody' });
    expect([answer.status, answer.headers.get('connection')]).toEqual([401, 'close']);
    const head =
      'POST /submit/nobody HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-dmp\r\nContent-Length: 99999999\r\n\r\n';
    expect((await sendRaw(bed.port, Buffer.from(head))).status).toBe(401);
  });
});

test('no address answers with a redirect', async () => {
  for (const path of [
    '/submit/',
    '/submit//',
    '/api/1/minidump',
    '/api/1/minidump/',
    '/Submit',
    '/',
    '/symbols/',
    '//x',
  ]) {
    for (const method of ['GET', 'POST', 'PUT']) {
      const { status } = await fetch(bed.url + path, { method, redirect: 'manual' });
      expect([path, method, Math.floor(status / 100)]).not.toEqual([path, method, 3]);
    }
  }
});

describe('a client that is cut off', () => {
  async function cut(bytes: Buffer): Promise<void> {
    const before = bed.logged.length;
    const socket = connect(bed.port, '127.0.0.1');
    await new Promise((resolve) => socket.write(bytes, resolve));
    // Some of it must have arrived before the cut.
    await vi.waitFor(async () => {
      expect(await readdir(join(bed.folder, 'dumps/.incoming'))).not.toEqual([]);
    }, 10_000);
    socket.destroy();
    await vi.waitFor(() => {
      expect(bed.logged.slice(before).join()).toContain('upload.cut');
    }, 10_000);
  }

  test('in the midst of the dump leaves nothing', async () => {
    const body = dumpForm().subarray(0, 150_000);
    const head = `POST /submit/${token} HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM['content-type']}\r\nContent-Length: 999999\r\n\r\n`;
    await cut(Buffer.concat([Buffer.from(head), body]));
    const raw = `POST /submit/${token} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-dmp\r\nContent-Length: 999999\r\n\r\n`;
    await cut(Buffer.concat([Buffer.from(raw), DUMP]));
  });

  test('behind a part that was whole leaves nothing of that either', async () => {
    const log = multipart('b', [
      [filePart('log'), 'whole'],
      [filePart('upload_file_minidump'), DUMP],
    ]).subarray(0, 90_000);
    const head = `POST /submit/${token} HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM['content-type']}\r\nContent-Length: 999999\r\n\r\n`;
    await cut(Buffer.concat([Buffer.from(head), log]));
    await vi.waitFor(async () => {
      expect(await bed.files()).toEqual([]);
    }, 10_000);
  });
});
