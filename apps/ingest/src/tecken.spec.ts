import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { fieldPart, filePart, multipart } from './multipart.testkit.js';
import { zipOf } from './zip.testkit.js';

const LIMIT = 1024 * 1024;

let bed: Testbed;
let token: string;
beforeAll(async () => {
  bed = await openTestbed({ limits: { symbolBytes: LIMIT } });
  token = await bed.token('symbols');
});
afterAll(async () => {
  await bed.close();
});

let serial = 0;
function newMember(debugFile: string) {
  serial += 1;
  const debugId = `${serial.toString(16).toUpperCase().padStart(32, 'B')}1`;
  const name = `${debugFile}/${debugId}/${debugFile.replace('.pdb', '')}.sym`;
  return { name, debugId, bytes: Buffer.from(`MODULE windows x86_64 ${debugId} ${debugFile}\nPUBLIC 10 0 main\n`) };
}

async function upload(zip: Buffer, { auth = token, part = filePart('symbols.zip') } = {}): Promise<Response> {
  return fetch(`${bed.url}/upload/`, {
    method: 'POST',
    body: new Uint8Array(multipart('b', [[part, zip]])),
    headers: { 'content-type': 'multipart/form-data; boundary=b', 'auth-token': auth },
  });
}

async function codeOf(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

async function outcomeOf(answer: Response): Promise<Record<string, unknown>> {
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { upload: Record<string, unknown> }).upload;
}

async function rows(): Promise<number> {
  return Number((await bed.sql('select count(*) n from strict.symbol_file'))[0]?.['n']);
}

test("each member is stored as a PUT would; the zip itself does not stay; the token's label does not count", async () => {
  const members = [newMember('app.pdb'), newMember('libx.so')];
  const list = { name: 'firefox-symbols.txt', bytes: Buffer.from('a list\n') };
  const folder = { name: 'app.pdb/', bytes: Buffer.alloc(0) };
  const zip = zipOf([folder, ...members, list]);
  const files = (await bed.files()).length;
  const outcome = await outcomeOf(await upload(zip, { auth: `${token}-build-machine` }));
  const names = members.map(({ name }) => name);
  expect(outcome).toMatchObject({ size: zip.length, stored_keys: names, skipped_keys: [], refused_keys: [] });
  expect(await bed.files()).toHaveLength(files + 2);
  for (const { debugId, bytes } of members) {
    const [row] = await bed.sql('select * from strict.symbol_file where debug_id = $1', [debugId]);
    expect(row).toMatchObject({ state: 'queued', bytes: String(bytes.length) });
    expect(bed.announced).toContain(`convert ${String(row?.['id'])}`);
  }
});

test('the same again is skipped, others under a debug id are refused, and the rest is stored', async () => {
  const [first, second] = [newMember('app.pdb'), newMember('app.pdb')];
  await upload(zipOf([first, second]));
  const forged = { ...second, bytes: Buffer.concat([second.bytes, Buffer.from('PUBLIC 20 0 forged\n')]) };
  const third = newMember('app.pdb');
  const outcome = await outcomeOf(await upload(zipOf([first, forged, third])));
  expect(outcome).toMatchObject({
    stored_keys: [third.name],
    skipped_keys: [first.name],
    refused_keys: [second.name],
  });
});

test.each(['../x', '/etc/x/y', 'a/../b', `x\\..\\y/${'A'.repeat(33)}/z`, 'readme', `a/b/${'A'.repeat(33)}/c`, 'a/G/b'])(
  'a member named %j refuses the whole zip before anything is stored',
  async (name) => {
    const before = [await rows(), (await bed.files()).length];
    const [status, code] = await codeOf(await upload(zipOf([newMember('app.pdb'), { name, bytes: Buffer.from('x') }])));
    expect([status, code.startsWith('symbols.')]).toEqual([400, true]);
    expect([await rows(), (await bed.files()).length]).toEqual(before);
  },
);

test('a bomb ends at the limit, whatever its headers say', async () => {
  const { name, bytes } = newMember('app.pdb');
  const bomb = Buffer.concat([bytes, Buffer.alloc(8 * LIMIT, 0x0a)]);
  const files = (await bed.files()).length;
  expect(await codeOf(await upload(zipOf([{ name, bytes: bomb }])))).toEqual([413, 'ingest.too-large']);
  expect(await codeOf(await upload(zipOf([{ name, bytes: bomb, claimed: 100 }])))).toEqual([400, 'symbols.bad-zip']);
  // Many that fit one by one: what they unfold to is counted together.
  const large = Buffer.alloc(LIMIT / 2, 0x0a);
  const many = [1, 2, 3].map(() => {
    const member = newMember('app.pdb');
    return { ...member, bytes: Buffer.concat([member.bytes, large]) };
  });
  expect(await codeOf(await upload(zipOf(many)))).toEqual([413, 'ingest.too-large']);
  expect(await bed.files()).toHaveLength(files + 1);
});

test('what is no zip, a damaged one, an empty one, and a form without a file', async () => {
  const member = newMember('app.pdb');
  const zip = zipOf([member]);
  const cut = Buffer.from(zip).fill(0xff, 30 + member.name.length, 50 + member.name.length);
  const astray = Buffer.from(zip);
  astray.writeUInt32LE(zip.length - 4, zip.length - 6);
  for (const body of [Buffer.alloc(0), Buffer.from('hello'), zip.subarray(0, -4), cut, astray, zipOf([])])
    expect(await codeOf(await upload(body))).toEqual([400, 'symbols.bad-zip']);
  expect(await codeOf(await upload(zip, { part: fieldPart('url') }))).toEqual([400, 'symbols.bad-zip']);
  expect(await codeOf(await upload(zipOf([{ ...newMember('app.pdb'), bytes: Buffer.from('hello') }])))).toEqual([
    400,
    'symbols.malformed',
  ]);
});

test('needs a symbol token', async () => {
  for (const auth of [await bed.token('ingest'), 'x', ''])
    expect(await codeOf(await upload(zipOf([newMember('app.pdb')]), { auth }))).toEqual([401, 'ingest.unauthorized']);
});
