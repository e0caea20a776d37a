import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Testbed, openTestbed, sendRaw } from './ingest.testbed.js';
import { fieldPart, filePart, multipart } from './multipart.testkit.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../shared');
const captured = join(shared, 'fixtures/http/breakpad-sym_upload_v2.requests.json');
const absent = !existsSync(captured);

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed({ limits: { symbolBytes: 1024 * 1024 } });
  token = await bed.token('symbols');
});
afterAll(async () => {
  await bed.close();
});

let serial = 0;
/** A symbol file that no test before has sent. */
function newSymbols(debugFile = 'app.pdb') {
  serial += 1;
  const debugId = `${serial.toString(16).toUpperCase().padStart(32, 'A')}1`;
  const text = `MODULE windows x86_64 ${debugId} ${debugFile}\nFUNC 1000 54 0 main\nPUBLIC 2000 0 other\n`;
  return { debugFile, debugId, text, path: `/symbols/${debugFile}/${debugId}/app.sym` };
}

async function put(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  const init = {
    method: 'PUT',
    body: new Uint8Array(Buffer.from(body)),
    headers: { authorization: `Bearer ${token}`, ...headers },
  };
  return fetch(bed.url + path, init);
}

async function codeOf(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

async function rowOf(debugId: string): Promise<Record<string, unknown> | undefined> {
  return (await bed.sql('select * from strict.symbol_file where debug_id = $1', [debugId]))[0];
}

describe('PUT', () => {
  test('stores the text, with its row, its leaf, and a word to the worker', async () => {
    const { debugFile, debugId, text, path } = newSymbols();
    const answer = await put(path, text);
    expect(answer.status).toBe(200);
    const { symbols, stored } = (await answer.json()) as { symbols: string; stored: boolean };
    const row = await rowOf(debugId);
    expect(row).toMatchObject({ id: symbols, project: 'default', debug_file: debugFile, state: 'queued' });
    expect(stored).toBe(true);
    expect(await readFile(join(bed.folder, 'symbols', String(row?.['object_key'])), 'utf8')).toBe(text);
    expect(bed.announced).toContain(`convert ${symbols}`);
    const [leaf] = await bed.sql("select body from ledger.leaf where body like '%' || $1 || '%'", [symbols]);
    expect(JSON.parse(String(leaf?.['body']))).toMatchObject({ act: 'symbols.received', debugId, bytes: text.length });
  });

  test('of a gzip stores what is in it', async () => {
    const { debugId, text, path } = newSymbols();
    expect((await put(path, gzipSync(text), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(await rowOf(debugId)).toMatchObject({ bytes: String(text.length) });
  });

  test.each(['\x7fELF', 'MZ'])(
    'of an image is stored as it is, under the name that the path gives: %j',
    async (magic) => {
      const { debugId } = newSymbols();
      const image = Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.alloc(5000, 3)]);
      expect((await put(`/symbols/libapp.so/${debugId}/libapp.so.debug`, image)).status).toBe(200);
      expect(await rowOf(debugId)).toMatchObject({ debug_file: 'libapp.so', bytes: String(image.length) });
      expect((await put(`/v1/uploads/k`, image)).status).toBe(400);
    },
  );

  test('of the same again changes nothing; of others under that debug id, the first stay', async () => {
    const { debugId, text, path } = newSymbols();
    await put(path, text);
    const files = await bed.files();
    const again = await put(path.toLowerCase(), text);
    expect([again.status, await again.json()]).toEqual([
      200,
      { symbols: (await rowOf(debugId))?.['id'], stored: false },
    ]);
    expect(await codeOf(await put(path, `${text}PUBLIC 3000 0 forged\n`))).toEqual([409, 'symbols.already-there']);
    expect(await bed.files()).toEqual(files);
  });

  test('of two at once: one is stored, and the other is the same or refused', async () => {
    const { debugId, text, path } = newSymbols();
    const answers = await Promise.all(
      [text, text, `${text}PUBLIC 9 0 x\n`].map(async (body) => (await put(path, body)).status),
    );
    expect(answers.filter((status) => status === 200).length).toBeGreaterThan(0);
    expect(answers.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await bed.sql('select 1 from strict.symbol_file where debug_id = $1', [debugId])).toHaveLength(1);
  });

  test("one project's symbols are not another's", async () => {
    await bed.sql("insert into identity.project (id, name) values ('other', 'Other')");
    const [mine, theirs] = [token, await bed.token('symbols', 'other')];
    const { debugId, text, path } = newSymbols();
    await put(path, text);
    expect((await put(path, `${text}PUBLIC 9 0 x\n`, { authorization: `Bearer ${theirs}` })).status).toBe(200);
    expect(await bed.sql('select 1 from strict.symbol_file where debug_id = $1', [debugId])).toHaveLength(2);
    expect(mine).not.toBe(theirs);
  });

  test.each([
    ['symbols.malformed', 400, (path: string) => path.replace('app.pdb', '..%2f..%2fetc')],
    ['symbols.malformed', 400, (path: string) => path.replace('app.pdb', 'a%00b')],
    ['symbols.malformed', 400, (path: string) => path.replace(/A{8}/, 'G')],
    ['symbols.wrong-debug-id', 400, (path: string) => path.replace(/1\/app.sym$/, '2/app.sym')],
  ])('%s', async (code, status, change) => {
    const { text, path } = newSymbols();
    const files = await bed.files();
    expect(await codeOf(await put(change(path), text))).toEqual([status, code]);
    expect(await bed.files()).toEqual(files);
  });

  test('of what is no symbol file, or too large, stores nothing', async () => {
    const { text, path } = newSymbols();
    const files = await bed.files();
    for (const body of ['', 'hello', 'MODULE', `\n${text}`, gzipSync(text)]) {
      expect(await codeOf(await put(path, body))).toEqual([400, 'symbols.malformed']);
    }
    const large = `${text}${'PUBLIC 1 0 x\n'.repeat(90_000)}`;
    expect(await codeOf(await put(path, large))).toEqual([413, 'ingest.too-large']);
    expect(await codeOf(await put(path, gzipSync(large), { 'content-encoding': 'gzip' }))).toEqual([
      413,
      'ingest.too-large',
    ]);
    expect(await bed.files()).toEqual(files);
  });

  test('needs a token of its own class', async () => {
    const { text, path } = newSymbols();
    for (const wrong of [await bed.token('ingest'), await bed.token('read'), 'x']) {
      expect(await codeOf(await put(path, text, { authorization: `Bearer ${wrong}` }))).toEqual([
        401,
        'ingest.unauthorized',
      ]);
    }
  });
});

test("Breakpad's symupload", async () => {
  const { debugFile, debugId, text } = newSymbols();
  const fields = {
    os: 'windows',
    cpu: 'x86_64',
    debug_file: debugFile,
    code_file: debugFile,
    debug_identifier: debugId,
  };
  const parts = Object.entries(fields).map(([name, value]) => [fieldPart(name), value] as const);
  const send = (last: readonly [string, string]) =>
    fetch(`${bed.url}/symbols?token=${token}`, {
      method: 'POST',
      body: new Uint8Array(multipart('b', [...parts, last])),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
  expect((await send([filePart('symbol_file'), text])).status).toBe(200);
  expect(await rowOf(debugId)).toMatchObject({ debug_file: debugFile });
  expect(await codeOf(await send([filePart('another'), text]))).toEqual([400, 'symbols.malformed']);
});

describe("Breakpad's sym_upload_v2", () => {
  // What the client does with an answer (BP:src/common/linux/symbol_collector_client.cc): three regular expressions.
  const field = (text: string, name: string): string => new RegExp(`"${name}": "([^"]+)"`).exec(text)?.[1] ?? '';

  async function upload(debugFile: string, debugId: string, text: string): Promise<string[]> {
    const ask = async (method: string, path: string, body?: string, type = 'application/son'): Promise<string> => {
      const init = { method, headers: { 'content-type': type }, ...(body === undefined ? {} : { body }) };
      const answer = await fetch(path.replace('http://ingest.test', bed.url), init);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer.text();
    };
    const check = `${bed.url}/v1/symbols/${debugFile}/${debugId}:checkStatus?key=${token}`;
    const status = field(await ask('GET', check), 'status');
    const created = await ask('POST', `${bed.url}/v1/uploads:create?key=${token}`, '');
    await ask('PUT', field(created, 'uploadUrl'), text);
    const id = `{ symbol_id: {debug_file: "${debugFile}", debug_id: "${debugId}" }, symbol_upload_type: "BREAKPAD" }`;
    const complete = `${bed.url}/v1/uploads/${field(created, 'uploadKey')}:complete?key=${token}`;
    return [status, field(await ask('POST', complete, id), 'result'), field(await ask('GET', check), 'status')];
  }

  test('as its four steps go', async () => {
    const { debugFile, debugId, text } = newSymbols('libapp.so');
    expect(await upload(debugFile, debugId, text)).toEqual(['MISSING', 'OK', 'FOUND']);
    expect(await rowOf(debugId)).toMatchObject({ debug_file: 'libapp.so' });
  });

  test.skipIf(absent)(
    absent ? 'captured requests (NOT RUN: no ../shared/fixtures/http)' : 'captured requests',
    async () => {
      const requests = JSON.parse(await readFile(captured, 'utf8')) as CapturedRequest[];
      const bodies = requests.map((request) => ({ ...request, body: request.body_head }));
      const text = bodies[2]?.body ?? '';
      const sent: string[] = [];
      let uploadKey = 'KEY123';
      for (const { request, headers, body } of bodies) {
        const target = request
          .split(' ')
          .slice(0, 2)
          .join(' ')
          .replace('mysecret123', token)
          .replace('KEY123', uploadKey);
        const address = target.replace('PUT /put/abc', `PUT /v1/uploads/${uploadKey}?key=${token}`);
        const lines = Object.entries({ ...headers, 'Content-Length': String(Buffer.byteLength(body)) })
          .filter(([name]) => name !== 'Transfer-Encoding')
          .map(([name, value]) => `${name}: ${value}\r\n`);
        const answer = await sendRaw(bed.port, Buffer.from(`${address} HTTP/1.1\r\n${lines.join('')}\r\n${body}`));
        expect(answer.status).toBe(200);
        uploadKey = field(answer.body, 'uploadKey') || uploadKey;
        sent.push(answer.body);
      }
      expect(field(sent[0] ?? '', 'status')).toBe('MISSING');
      expect(field(sent[3] ?? '', 'result')).toBe('OK');
      expect(await rowOf('98F215F502F86BEA12D1E304EDFE92940')).toMatchObject({
        debug_file: 'nullfn',
        bytes: String(text.length),
      });
    },
  );

  test.each(['\x7fELF', 'MZ', 'Microsoft C/C++ MSF 7.00\r\n\x1aDS', '\xcf\xfa\xed\xfe'])(
    'an image is named by the last step, and lies aside until then: %j',
    async (magic) => {
      const { debugFile, debugId } = newSymbols('libimage.so');
      const image = Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.alloc(3000, 5)]);
      const files = (await bed.files()).length;
      const sendTo = async (method: string, path: string, body?: Buffer | string): Promise<string> => {
        const init = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) };
        return (await fetch(`${bed.url}${path}?key=${token}`, { method, ...init })).text();
      };
      for (const result of ['OK', 'DUPLICATE_DATA']) {
        const uploadKey = field(await sendTo('POST', '/v1/uploads:create'), 'uploadKey');
        expect(await sendTo('PUT', `/v1/uploads/${uploadKey}`, image)).toBe(uploadKey);
        const id = `{ symbol_id: {debug_file: "${debugFile}", debug_id: "${debugId}" }, symbol_upload_type: "ELF" }`;
        expect(field(await sendTo('POST', `/v1/uploads/${uploadKey}:complete`, id), 'result')).toBe(result);
      }
      expect(await rowOf(debugId)).toMatchObject({ debug_file: debugFile, bytes: String(image.length) });
      expect(await bed.files()).toHaveLength(files + 1);
    },
  );

  test('that completes what it did not send is told so', async () => {
    const body = '{ symbol_id: {debug_file: "x", debug_id: "98F215F502F86BEA12D1E304EDFE92941" } }';
    const answer = await fetch(`${bed.url}/v1/uploads/k:complete?key=${token}`, { method: 'POST', body });
    expect(await codeOf(answer)).toEqual([400, 'symbols.malformed']);
  });
});

interface CapturedRequest {
  readonly request: string;
  readonly headers: Record<string, string>;
  readonly body_head: string;
}
