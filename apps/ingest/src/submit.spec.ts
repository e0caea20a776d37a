import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DUMP, fieldPart, filePart, multipart } from './multipart.testkit.js';
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
const CORE = Buffer.concat([Buffer.from('7f454c460201010000000000000000000400', 'hex'), Buffer.alloc(70_000, 9)]);

interface Row {
  readonly object_key: unknown;
  readonly vault_header: unknown;
  readonly [column: string]: unknown;
}

async function dumpRow(id: string): Promise<Row> {
  const [row] = await bed.sql('select * from strict.dump where id = $1', [id]);
  if (!row) throw new Error(`no dump ${id}`);
  return row as Row;
}

async function partRows(id: string, kind: string): Promise<Row[]> {
  return (await bed.sql('select * from strict.dump_part where dump_id = $1 and kind = $2', [id, kind])) as Row[];
}

async function annotationsOf(id: string): Promise<unknown> {
  const [row] = await partRows(id, 'annotations');
  return row ? JSON.parse((await bed.open(row)).toString('utf8')) : null;
}

async function post(body: Buffer | FormData, headers: Record<string, string> = {}, path = '/submit'): Promise<string> {
  const authorization = `Bearer ${token}`;
  const init = { method: 'POST', body, redirect: 'manual', headers: { authorization, ...headers } } as RequestInit;
  const answer = await fetch(bed.url + path, init);
  expect(answer.status).toBe(200);
  return answer.text();
}

function form(
  fields: Record<string, string>,
  files: Record<string, Buffer> = { upload_file_minidump: DUMP },
): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    data.append(name, new Blob([new Uint8Array(bytes)]), `${name}.bin`);
  return data;
}

describe.skipIf(absent)(absent ? 'captured uploads (NOT RUN: no ../shared/fixtures/http)' : 'captured uploads', () => {
  test.each([
    ['breakpad-minidump_upload.raw', 'MyApp', '1.2.3', 0],
    ['crashpad-nogzip.raw', 'Chrome_Linux', '156.0.8078.79', 0],
    ['crashpad-gzip.raw', 'Chrome_Linux', '156.0.8078.79', 0],
    ['crashpad-attach-nogzip.raw', 'Chrome_Linux', '156.0.8078.79', 2],
  ])('%s is taken as it came over the wire', async (file, product, version, attachments) => {
    const request = await capturedRequest(join(captures, file), `/submit?token=${token}&product=x&version=y`);
    const { status, head, body } = await sendRaw(bed.port, request);
    expect(status).toBe(200);
    expect(head).toMatch(/content-type: text\/plain/i);
    expect(body).toMatch(UUID);
    const row = await dumpRow(body);
    expect(row).toMatchObject({ project: 'default', format: 'minidump', product, version, state: 'queued' });
    expect(await partRows(body, 'attachment')).toHaveLength(attachments);
    expect(await partRows(body, 'annotations')).toHaveLength(1);
    expect(bed.announced).toContain(`walk ${body}`);
    expect((await bed.open(row)).subarray(0, 4).toString()).toBe('MDMP');
  });

  test.each(['crashpad-nogzip', 'crashpad-gzip', 'crashpad-attach-nogzip'])(
    'every part of %s lies there, byte for byte, sealed',
    async (name) => {
      const { parts } = JSON.parse(await readFile(join(captures, `${name}.parts.json`), 'utf8')) as CapturedParts;
      const request = await capturedRequest(join(captures, `${name}.raw`), `/submit?token=${token}`);
      const { body: id } = await sendRaw(bed.port, request);
      const dump = parts.find((part) => part.name === 'upload_file_minidump');
      expect(sha256(asCaptured(await bed.open(await dumpRow(id))))).toBe(dump?.sha256);
      const fields = parts.filter((part) => part.value !== undefined);
      const expected = JSON.stringify(fields.map(({ name: n, value }) => [n, value]).sort());
      const found = Object.entries((await annotationsOf(id)) as object).sort();
      expect(asFiled(JSON.stringify(found))).toBe(asFiled(expected));
      const files = parts.filter((part) => part.value === undefined && part !== dump);
      const sealed = await Promise.all((await partRows(id, 'attachment')).map((row) => bed.open(row)));
      const hashes = sealed.map((plain) => sha256(asCaptured(plain.subarray(plain.indexOf('\n') + 1))));
      expect(hashes.sort()).toEqual(files.map((part) => part.sha256).sort());
    },
  );

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

interface CapturedParts {
  readonly parts: readonly { readonly name: string; readonly value?: string; readonly sha256?: string }[];
}

/** Whoever filed the captures exchanged one folder's name for another of equal length, in some of them. */
const asCaptured = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll('/src/chr', '/tmp/chr'), 'latin1');
const asFiled = (text: string): string => text.replaceAll('/tmp/chr', '/src/chr');

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a token', () => {
  test.each([
    ['Bearer', () => ({ authorization: `Bearer ${token}` })],
    ['Basic, as user', () => ({ authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` })],
    ['Authorization: Sentry', () => ({ authorization: `Sentry sentry_version=7, sentry_key=${token}` })],
    ['X-Sentry-Auth', () => ({ 'x-sentry-auth': `Sentry sentry_key=${token}, sentry_version=7`, authorization: '' })],
  ])('in the header: %s', async (_name, headers) => {
    expect(await post(DUMP, { ...headers(), 'content-type': 'application/x-dmp' }, '/api/7/minidump/')).toMatch(UUID);
  });
});

describe('a body', () => {
  test('that is the dump', async () => {
    const id = await post(
      DUMP,
      { 'content-type': 'application/octet-stream' },
      '/submit?product=App&version=2.0&guid=g',
    );
    const row = await dumpRow(id);
    expect(row).toMatchObject({ product: 'App', version: '2.0', plain_bytes: String(DUMP.length) });
    expect((await bed.open(row)).equals(DUMP)).toBe(true);
    expect(await annotationsOf(id)).toEqual({ product: 'App', version: '2.0', guid: 'g' });
  });

  test('that is the dump and says nothing has no annotations part', async () => {
    const id = await post(DUMP, { 'content-type': 'application/x-dmp' });
    expect(await annotationsOf(id)).toBeNull();
  });

  test.each(['application/octet-stream', 'application/x-www-form-urlencoded'])(
    'that is a core, as %s',
    async (type) => {
      const id = await post(CORE, { 'content-type': type });
      expect(await dumpRow(id)).toMatchObject({ format: 'elf_core' });
    },
  );

  test('that is the gzip of a form, or of the dump', async () => {
    const plain = multipart('b', [
      [fieldPart('prod'), 'Zip'],
      [filePart('upload_file_minidump'), DUMP],
    ]);
    const type = { 'content-type': 'multipart/form-data; boundary=b' };
    const id = await post(gzipSync(plain), { ...type, 'content-encoding': 'gzip' });
    expect(await dumpRow(id)).toMatchObject({ product: 'Zip', plain_bytes: String(DUMP.length) });
    const raw = await post(gzipSync(DUMP), { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' });
    expect((await bed.open(await dumpRow(raw))).equals(DUMP)).toBe(true);
  });

  test('whose dump part alone is gzipped', async () => {
    const id = await post(form({}, { upload_file_minidump: gzipSync(DUMP) }));
    expect((await bed.open(await dumpRow(id))).equals(DUMP)).toBe(true);
  });

  test('of many chunks, the smallest and the largest', async () => {
    const plain = multipart('b', [[filePart('upload_file_minidump'), DUMP]]);
    const chunks: Buffer[] = [];
    for (let at = 0, size = 1; at < plain.length; at += size, size = Math.min(size * 3, 90_000)) {
      const chunk = plain.subarray(at, at + size);
      chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    }
    const head = `POST /submit/${token} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n`;
    const request = [Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`), ...chunks, Buffer.from('0\r\n\r\n')];
    const { status, body } = await sendRaw(bed.port, Buffer.concat(request));
    expect(status).toBe(200);
    expect((await bed.open(await dumpRow(body))).equals(DUMP)).toBe(true);
  });

  test('with its fields behind the dump, or before and behind', async () => {
    const parts = [
      [fieldPart('first'), '1'],
      [filePart('upload_file_minidump'), DUMP],
      [fieldPart('prod'), 'After'],
      [fieldPart('ver'), '9'],
    ] as const;
    const id = await post(multipart('b', parts), { 'content-type': 'multipart/form-data; boundary="b"' });
    expect(await dumpRow(id)).toMatchObject({ product: 'After', version: '9' });
    expect(await annotationsOf(id)).toEqual({ first: '1', prod: 'After', ver: '9' });
  });

  test('of type multipart/mixed, with its annotations in one JSON part, as field or as file', async () => {
    const json = JSON.stringify({ ProductName: 'Firefox', Version: '130.0', ReleaseChannel: 'beta', Email: 'a@b' });
    for (const extra of [fieldPart('extra', 'application/json'), filePart('extra', 'application/json')]) {
      const parts = [
        [extra, json],
        [filePart('upload_file_minidump'), DUMP],
      ] as const;
      const id = await post(multipart('b', parts), { 'content-type': 'multipart/mixed; boundary=b' });
      expect(await dumpRow(id)).toMatchObject({ product: 'Firefox', version: '130.0', channel: 'beta' });
      expect(await annotationsOf(id)).toEqual(JSON.parse(json));
      expect(await partRows(id, 'attachment')).toHaveLength(0);
    }
  });

  test('of old Electron, a form within the dump part', async () => {
    const inner = multipart('inner', [
      [fieldPart('_productName'), 'Editor'],
      [fieldPart('_version'), '1.80'],
      [fieldPart('prod'), 'Electron'],
      [fieldPart('ver'), '11.0'],
      [filePart('upload_file_minidump'), DUMP],
    ]);
    const parts = [
      [fieldPart('platform'), 'linux'],
      [filePart('upload_file_minidump'), inner],
    ] as const;
    const id = await post(multipart('outer', parts), { 'content-type': 'multipart/form-data; boundary=outer' });
    const row = await dumpRow(id);
    expect(row).toMatchObject({ product: 'Editor', version: '1.80' });
    expect((await bed.open(row)).equals(DUMP)).toBe(true);
    expect(await annotationsOf(id)).toMatchObject({ platform: 'linux', prod: 'Electron' });
  });

  test('with files beside the dump: each sealed with its name, unread, even if it looks like a dump or a gzip', async () => {
    const files = {
      upload_file_minidump: DUMP,
      log: gzipSync('log'),
      upload_file_minidump_browser: Buffer.from('MDMPx'),
    };
    const id = await post(form({}, files));
    const rows = await partRows(id, 'attachment');
    const sealed = await Promise.all(rows.map((row) => bed.open(row)));
    const byName = new Map(
      sealed.map((plain) => {
        const end = plain.indexOf('\n');
        const label = JSON.parse(plain.toString('utf8', 0, end)) as { name: string };
        return [label.name, { label, bytes: plain.subarray(end + 1) }] as const;
      }),
    );
    expect(gunzipSync(byName.get('log')?.bytes ?? '').toString()).toBe('log');
    const label = { name: 'log', fileName: 'log.bin', mimeType: 'application/octet-stream' };
    expect(byName.get('log')?.label).toEqual(label);
    expect(byName.get('upload_file_minidump_browser')?.bytes.toString()).toBe('MDMPx');
  });

  test('with two dumps of one name: the first is the dump', async () => {
    const second = Buffer.from('MDMP second');
    const parts = [
      [filePart('upload_file_minidump'), DUMP],
      [filePart('upload_file_minidump'), second],
    ] as const;
    const id = await post(multipart('b', parts), { 'content-type': 'multipart/form-data; boundary=b' });
    expect((await bed.open(await dumpRow(id))).equals(DUMP)).toBe(true);
    expect(await partRows(id, 'attachment')).toHaveLength(1);
  });

  test('whose names occur twice: the first value stays, but for guid and list_annotations', async () => {
    const names = ['a', 'a', 'guid', 'guid', 'list_annotations', 'list_annotations'];
    const fields = names.map((name, n) => [fieldPart(name), String(n)] as const);
    const parts = [...fields, [filePart('upload_file_minidump'), DUMP]] as const;
    const id = await post(multipart('b', parts), { 'content-type': 'multipart/form-data; boundary=b' });
    expect(await annotationsOf(id)).toEqual({ a: '0', guid: '3', list_annotations: '5' });
  });

  test("of sentry-native: release and environment are in the event's MessagePack", async () => {
    const text = (value: string) => Buffer.concat([Buffer.from([0xa0 | value.length]), Buffer.from(value)]);
    const event = Buffer.concat([
      Buffer.from([0x83]),
      ...[text('contexts'), Buffer.from([0x81]), text('os'), Buffer.from([0xcd, 1, 2])],
      ...[text('release'), text('game@3.1+b7'), text('environment'), text('staging')],
    ]);
    const id = await post(form({ prod: 'x' }, { '__sentry-event': event, upload_file_minidump: DUMP }));
    expect(await dumpRow(id)).toMatchObject({ product: 'game', version: '3.1+b7', channel: 'staging' });
  });
});

describe('what is written', () => {
  test('row, leaf and state agree', async () => {
    const id = await post(form({ prod: 'App', ver: '1' }, { upload_file_minidump: DUMP, log: Buffer.from('l') }));
    const row = await dumpRow(id);
    const [state] = await bed.sql('select * from lenient.dump_state where dump_id = $1', [id]);
    expect(state).toMatchObject({ project: 'default', stage: 'queued', attachments: 1, annotations: 2, alias: null });
    expect(state?.['held_until']).toEqual(row['retain_until']);
    const leaves = await bed.sql("select process, body from ledger.leaf where body like '%' || $1 || '%'", [id]);
    expect(leaves).toHaveLength(1);
    const body = JSON.parse(String(leaves[0]?.['body'])) as Record<string, unknown>;
    const [dumpToken] = await bed.sql("select id from identity.api_token where class = 'ingest'");
    expect(body['content']).toMatchObject({ salt: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
    expect(body).toEqual({
      act: 'dump.received',
      content: body['content'],
      dump: id,
      project: 'default',
      token: dumpToken?.['id'],
      bytes: DUMP.length,
      parts: 2,
    });
  });

  test('both headers open nothing but this dump: they name it', async () => {
    const id = await post(DUMP, { 'content-type': 'application/x-dmp' });
    const row = await dumpRow(id);
    for (const header of [row['vault_header'], row['extraction_header']]) {
      expect((header as Buffer).toString('latin1')).toContain(`-> crashkeep ${id} default\n`);
    }
  });
});
