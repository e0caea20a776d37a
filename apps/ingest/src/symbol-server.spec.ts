import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { elfOf } from './elf.testkit.js';
import { type Testbed, openTestbed } from './ingest.testbed.js';

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed({ limits: { symbolBytes: 4 * 1024 * 1024 } });
  token = await bed.token('symbols');
});
afterAll(async () => {
  await bed.close();
});

const ID = 'A1B2C3D4000000000000000000000001';
const TEXT = `MODULE windows x86_64 ${ID}1 app.pdb\nFUNC 1000 54 0 main\n`;

async function ask(method: string, path: string, body?: string | Buffer, by = token): Promise<Response> {
  const init = { method, headers: { authorization: `Bearer ${by}` } };
  return fetch(bed.url + path, body === undefined ? init : { ...init, body: new Uint8Array(Buffer.from(body)) });
}

async function statusOf(path: string, by = token): Promise<[number, string]> {
  const answer = await ask('GET', path, undefined, by);
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

describe("Breakpad's layout", () => {
  const path = `/symbols/app.pdb/${ID}1/app.sym`;
  beforeAll(async () => {
    expect((await ask('PUT', path, TEXT)).status).toBe(200);
  });

  test('GET gives the text as it came, HEAD its size', async () => {
    const answer = await ask('GET', path);
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const head = await ask('HEAD', path);
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, `${TEXT.length}`, '']);
  });

  test('what is not there, or another kind of file, is not found', async () => {
    for (const other of [
      path.replace('1/app', '2/app'),
      path.replace('app.pdb', 'b.pdb'),
      path.replace('.sym', '.pdb'),
    ])
      expect(await statusOf(other)).toEqual([404, 'symbols.not-found']);
    expect((await ask('HEAD', path.replace('app.pdb', 'b.pdb'))).status).toBe(404);
    expect(await statusOf(path.replace('app.pdb', '..%2fx'))).toEqual([400, 'symbols.malformed']);
  });

  test('another project, another class and nobody get none', async () => {
    await bed.sql("insert into identity.project (id, name) values ('other', 'Other')");
    expect(await statusOf(path, await bed.token('symbols', 'other'))).toEqual([404, 'symbols.not-found']);
    for (const by of [await bed.token('ingest'), await bed.token('read'), 'x'])
      expect(await statusOf(path, by)).toEqual([401, 'ingest.unauthorized']);
    expect((await ask('HEAD', path, undefined, 'x')).status).toBe(401);
  });
});

describe('debuginfod', () => {
  const buildId = 'd4c3b2a1112233445566778899aabbccddeeff00';
  const debugId = 'A1B2C3D42211443355667788' + '99AABBCC0';
  const program = elfOf({ buildId, sections: ['.text'], size: 2_500_000 });
  const debugFile = elfOf({ buildId, sections: ['.debug_info'] });
  beforeAll(async () => {
    expect((await ask('PUT', `/symbols/libx.so/${debugId}/libx.so`, program)).status).toBe(200);
    expect((await ask('PUT', `/symbols/libx.so.debug/${debugId}/libx.so.debug`, debugFile)).status).toBe(200);
  });

  test('gives the program for executable, the debug file for debuginfo', async () => {
    const executable = await ask('GET', `/buildid/${buildId}/executable`);
    expect(Buffer.from(await executable.arrayBuffer()).equals(program)).toBe(true);
    const debugInfo = await ask('GET', `/buildid/${buildId}/debuginfo`);
    expect(Buffer.from(await debugInfo.arrayBuffer()).equals(debugFile)).toBe(true);
    const head = await ask('HEAD', `/buildid/${buildId}/executable`);
    expect(head.headers.get('content-length')).toBe(`${program.length}`);
  });

  test('takes the token as the user of the address, which is all that its clients can send', async () => {
    const authorization = `Basic ${Buffer.from(`${token}:`).toString('base64')}`;
    const answer = await fetch(`${bed.url}/buildid/${buildId}/debuginfo`, { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  test('another build of the same first sixteen bytes, sources, and no build id are not found', async () => {
    const other = `${buildId.slice(0, -2)}01`;
    for (const path of [`${other}/executable`, `${buildId}/source`, 'zz/executable', `${'0'.repeat(40)}/executable`])
      expect(await statusOf(`/buildid/${path}`)).toEqual([404, 'symbols.not-found']);
  });

  test('the image is there in the layout, but as no text', async () => {
    expect((await ask('GET', `/symbols/libx.so/${debugId}/libx.so`)).status).toBe(200);
    expect(await statusOf(`/symbols/libx.so/${debugId}/libx.so.sym`)).toEqual([404, 'symbols.not-found']);
  });
});
