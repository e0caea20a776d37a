import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

describe('forms of one module', () => {
  const buildId = 'e4c3b2a1112233445566778899aabbccddeeff00';
  const debugId = 'A1B2C3E42211443355667788' + '99AABBCC0';
  const stripped = elfOf({ buildId, sections: ['.text'] });
  const debugFile = elfOf({ buildId, sections: ['.debug_info'] });
  const whole = elfOf({ buildId, sections: ['.text', '.debug_info'] });
  const text = Buffer.from(`MODULE Linux x86_64 ${debugId} liby.so\nPUBLIC 10 0 main\n`);
  const at = (name: string): string => `/symbols/liby.so/${debugId}/${name}`;
  const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await ask('GET', path)).arrayBuffer());

  test('are kept side by side; of each kind the first stays', async () => {
    for (const [name, bytes] of [
      ['liby.so', stripped],
      ['liby.so.debug', debugFile],
      ['liby.so.sym', text],
      ['liby.so', whole],
    ] as const) {
      const answer = await ask('PUT', at(name), bytes);
      expect([name, answer.status, await answer.json()]).toMatchObject([name, 200, { stored: true }]);
    }
    const rows = await bed.sql('select kind from strict.symbol_file where debug_id = $1 order by created_at', [
      debugId,
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual(['elf', 'elf-debug', 'breakpad', 'elf-full']);
    const files = await bed.files();
    for (const bytes of [stripped, debugFile, text, whole]) {
      expect(await (await ask('PUT', at('liby.so'), bytes)).json()).toMatchObject({ stored: false });
      const answer = await ask('PUT', at('liby.so'), Buffer.concat([bytes, Buffer.from('\n')]));
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'symbols.already-there']);
    }
    expect(await bed.files()).toEqual(files);
  });

  test('go out by what the name asks for', async () => {
    expect((await bytesOf(at('liby.sym'))).equals(text)).toBe(true);
    expect((await bytesOf(at('liby.so.debug'))).equals(debugFile)).toBe(true);
    expect((await bytesOf(at('liby.so'))).equals(whole)).toBe(true);
    expect((await bytesOf(`/buildid/${buildId}/executable`)).equals(stripped)).toBe(true);
    expect((await bytesOf(`/buildid/${buildId}/debuginfo`)).equals(debugFile)).toBe(true);
  });

  test('their leaves say which is which', async () => {
    const leaves = await bed.sql("select body from ledger.leaf where body like '%' || $1 || '%' order by created_at", [
      debugId,
    ]);
    expect(leaves.map(({ body }) => (JSON.parse(String(body)) as { kind: string }).kind)).toEqual([
      'elf',
      'elf-debug',
      'breakpad',
      'elf-full',
    ]);
  });

  test('from before kinds were told apart are served and kept as ever', async () => {
    const name = { id: 'A'.repeat(32) + '7', file: 'old.pdb' };
    const old = Buffer.from(`MODULE windows x86 ${name.id} ${name.file}\nPUBLIC 10 0 main\n`);
    const path = `/symbols/${name.file}/${name.id}/old.sym`;
    await ask('PUT', path, old);
    await bed.sql("update strict.symbol_file set kind = 'unsorted' where debug_id = $1", [name.id]);
    expect((await bytesOf(path)).equals(old)).toBe(true);
    expect((await ask('PUT', path, Buffer.concat([old, Buffer.from('PUBLIC 20 0 x\n')]))).status).toBe(409);
    expect((await ask('PUT', path, Buffer.from('MZ and an image'))).status).toBe(200);
  });

  test('a file that its store has changed is not sent to the end', async () => {
    const [row] = await bed.sql("select object_key from strict.symbol_file where debug_id = $1 and kind = 'breakpad'", [
      debugId,
    ]);
    const place = join(bed.folder, 'symbols', String(row?.['object_key']));
    await writeFile(place, text.toString().replace('main', 'evil'));
    await expect(bytesOf(at('liby.sym'))).rejects.toThrow();
    await writeFile(place, text);
    expect((await bytesOf(at('liby.sym'))).equals(text)).toBe(true);
  });
});

describe('a Windows image that has no debug id', () => {
  const image = Buffer.from('MZ and an image');
  const path = '/symbols/App.exe/6b02d8e614000/App.exe';

  test('is filed by name and code id, as symbol servers do', async () => {
    expect((await ask('PUT', path, image)).status).toBe(200);
    const [row] = await bed.sql("select * from strict.symbol_file where debug_id = '6B02D8E614000'");
    expect(row).toMatchObject({ kind: 'pe', debug_file: 'App.exe', code_file: 'App.exe', code_id: null });
    expect(Buffer.from(await (await ask('GET', path)).arrayBuffer()).equals(image)).toBe(true);
  });

  test('has its text there too, if its CODE_ID record says so', async () => {
    const text = (codeId: string): string =>
      `MODULE windows x86_64 ${'0'.repeat(33)} App.exe\nINFO CODE_ID ${codeId} App.exe\nPUBLIC 10 0 main\n`;
    const place = path.replace(/App.exe$/, 'App.sym');
    expect((await ask('PUT', place, text('6B02D8E615000'))).status).toBe(400);
    expect((await ask('PUT', place, text('6B02D8E614000'))).status).toBe(200);
    expect(await (await ask('GET', place)).text()).toBe(text('6B02D8E614000'));
  });

  test('once it is converted, one that was sent under its debug id is found by its code id, too', async () => {
    const debugId = 'C'.repeat(33);
    expect((await ask('PUT', `/symbols/b.pdb/${debugId}/B.dll`, image)).status).toBe(200);
    await bed.sql("update strict.symbol_file set code_id = 'ABCDEF0112000' where debug_id = $1", [debugId]);
    expect((await ask('GET', '/symbols/b.DLL/abcdef0112000/b.dll')).status).toBe(200);
    expect(await statusOf('/symbols/c.dll/abcdef0112000/c.dll')).toEqual([404, 'symbols.not-found']);
  });
});
