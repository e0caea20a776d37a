import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Testbed, openTestbed } from './ingest.testbed.js';
import { DUMP, filePart, multipart } from './multipart.testkit.js';
import { SequencerStandIn } from './sequence.testbed.js';

const command = resolve(import.meta.dirname, '../../cli/bin/crashkeep.mjs');
const absent = !existsSync(resolve(import.meta.dirname, '../../cli/dist/commands/submit.js'));
const named = (title: string): string => (absent ? `${title} (NOT RUN: apps/cli is not built)` : title);
const LARGE = Buffer.concat([DUMP, Buffer.alloc(12 * 1024 * 1024, 7)]);

let bed: Testbed;
let sequencer: SequencerStandIn;
let folder: string;
let token: string;
beforeAll(async () => {
  bed = await openTestbed();
  sequencer = new SequencerStandIn(bed.sql);
  sequencer.start();
  token = await bed.token('ingest');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crashkeep-resume-'));
  await writeFile(join(folder, 'token'), token);
  await bed.sql('TRUNCATE strict.dump CASCADE');
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true });
});
afterAll(async () => {
  await sequencer.stop();
  await bed.close();
});

const servers: Server[] = [];
const dumps = () => bed.sql('SELECT id, plain_bytes FROM strict.dump');
const state = (): string => join(folder, 'state');
const uploads = async (): Promise<string[]> => readdir(join(state(), 'crashkeep/uploads')).catch(() => []);

/** What the network does to one connection: how many bytes it lets through either way before it drops or holds them. */
interface Weather {
  readonly up?: number;
  readonly down?: number;
  /** Hold instead of drop. */
  readonly hold?: true;
}

/** A line to ingest with weather of its own for each connection, fair once the forecast is over. Resolves to its address. */
async function line(...forecast: Weather[]): Promise<{ readonly url: string; readonly reached: () => Promise<void> }> {
  let reach = (): void => undefined;
  const reached = new Promise<void>((done) => (reach = done));
  const server = createServer((client) => {
    const { up = Infinity, down = Infinity, hold } = forecast.shift() ?? {};
    const vault = connect(bed.port, '127.0.0.1');
    const end = (): void => {
      reach();
      if (hold === undefined) for (const socket of [client, vault]) socket.destroy();
    };
    passOn(client, vault, up, end);
    passOn(vault, client, down, end);
    for (const socket of [client, vault]) socket.on('error', () => undefined).on('close', () => void client.destroy());
    client.on('close', () => vault.destroy());
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, reached: () => reached };
}

function passOn(from: Socket, to: Socket, most: number, end: () => void): void {
  let left = most;
  from.on('data', (piece: Buffer) => {
    if (left <= 0) return;
    to.write(piece.subarray(0, left));
    left -= piece.length;
    if (left <= 0) end();
  });
}

const wordsFor = (url: string, ...words: string[]): string[] => [
  ...[command, ...words, '--url', url, '--token-file', join(folder, 'token')],
];
const environment = () => ({ ...process.env, XDG_STATE_HOME: state() });

function crashkeep(url: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(process.execPath, wordsFor(url, ...words), { env: environment() }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const started = (url: string, ...words: string[]): ChildProcess =>
  spawn(process.execPath, wordsFor(url, ...words), { env: environment(), stdio: 'ignore' });

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

describe('an upload with a name of its own', () => {
  const send = (key: string, body = DUMP, by = token): Promise<Response> =>
    fetch(`${bed.url}/submit`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${by}`,
        'content-type': 'multipart/form-data; boundary=b',
        'crashkeep-upload': key,
      },
      body: new Uint8Array(multipart('b', [[filePart('upload_file_minidump'), body]])),
    });

  test('is stored once, and answered the same each time', async () => {
    const key = randomUUID();
    const ids = [await (await send(key)).text(), await (await send(key.toUpperCase())).text()];
    expect(ids[1]).toBe(ids[0]);
    expect((await dumps()).map(({ id }) => id)).toEqual([ids[0]]);
    expect(await (await send(randomUUID())).text()).not.toBe(ids[0]);
  });

  test('of many that come at once, one is stored, and nothing of the others stays', async () => {
    const before = (await bed.files()).length;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(key)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(await dumps()).toHaveLength(1);
    expect(await bed.files()).toHaveLength(before + 1);
  });

  test('is of its project: another one’s upload of that name is another', async () => {
    await bed.sql("INSERT INTO identity.project (id, name) VALUES ('other', 'Other') ON CONFLICT DO NOTHING");
    await bed.sql(`INSERT INTO strict.recipient (id, kind, project, period, recipient, signature)
      SELECT gen_random_uuid(), kind, 'other', period, recipient, signature FROM strict.recipient
      WHERE kind = 'vault' ON CONFLICT DO NOTHING`);
    const key = randomUUID();
    await send(key);
    // Nothing is sealed for a project whose recipient is not signed, and no id of the other's is told.
    expect((await send(key, DUMP, await bed.token('ingest', 'other'))).status).toBe(503);
  });

  test('whose name is none is refused', async () => {
    const answer = await send('1 OR 1=1');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      ...[400, 'ingest.malformed-upload-key'],
    ]);
    expect(await dumps()).toEqual([]);
  });
});

describe.skipIf(absent)(named('crashkeep submit'), () => {
  const dump = async (bytes = DUMP): Promise<string> => {
    const path = join(folder, 'a.dmp');
    await writeFile(path, bytes);
    return path;
  };

  test('whose answer was lost asks again: the dump is there once, and the file goes only then', async () => {
    const { url } = await line({ down: 20 });
    const path = await dump();
    const ran = await crashkeep(url, 'submit', '--delete', path);
    expect([ran.code, ran.err]).toEqual([0, '']);
    const stored = await dumps();
    expect(stored).toHaveLength(1);
    expect(ran.out).toContain(String(stored[0]?.['id']));
    expect(existsSync(path)).toBe(false);
    expect(await uploads()).toEqual([]);
  }, 60_000);

  test('that was cut off in the middle sends it again, and what had come of it is gone', async () => {
    const { url } = await line({ up: 5_000_000 });
    const before = (await bed.files()).length;
    const ran = await crashkeep(url, 'submit', await dump(LARGE));
    expect(ran.code).toBe(0);
    expect((await dumps()).map((row) => Number(row['plain_bytes']))).toEqual([LARGE.length]);
    expect(await bed.files()).toHaveLength(before + 1);
  }, 60_000);

  test('killed in the middle of sending: the next one begins anew, and one dump is there', async () => {
    const slow = await line({ up: 5_000_000, hold: true });
    const path = await dump(LARGE);
    const child = started(slow.url, 'submit', '--delete', path);
    await slow.reached();
    await killed(child);
    expect([existsSync(path), await dumps()]).toEqual([true, []]);
    expect(await uploads()).toHaveLength(1);
    const ran = await crashkeep(slow.url, 'submit', '--delete', path);
    expect(ran.code).toBe(0);
    expect(await dumps()).toHaveLength(1);
    expect([existsSync(path), await uploads()]).toEqual([false, []]);
  }, 60_000);

  test('killed when the vault had the dump and its answer was on the way: the next one hears the same id', async () => {
    const slow = await line({ down: 1, hold: true });
    const path = await dump();
    const child = started(slow.url, 'submit', '--delete', path);
    await slow.reached();
    await killed(child);
    const [stored] = await dumps();
    expect([existsSync(path), stored !== undefined]).toEqual([true, true]);
    const ran = await crashkeep(slow.url, 'submit', '--delete', path);
    expect([ran.code, ran.out]).toEqual([0, `${String(stored?.['id'])}  ${path}\n`]);
    expect(await dumps()).toHaveLength(1);
    expect(existsSync(path)).toBe(false);
  }, 60_000);

  test('of a file that was written anew, or sent again on purpose, makes another dump', async () => {
    const path = await dump();
    expect((await crashkeep(bed.url, 'submit', path)).code).toBe(0);
    expect((await crashkeep(bed.url, 'submit', path)).code).toBe(0);
    await dump(Buffer.concat([DUMP, Buffer.alloc(1)]));
    expect((await crashkeep(bed.url, 'submit', path)).code).toBe(0);
    expect(await dumps()).toHaveLength(3);
  }, 60_000);

  test('keeps the file where a 200 is no promise', async () => {
    const server = createServer((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 18\r\nconnection: close\r\n\r\nDiscarded=rule_one'),
      );
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const path = await dump();
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const ran = await crashkeep(url, 'submit', '--delete', path);
    expect([ran.code, ran.err]).toEqual([1, `${path}: Discarded=rule_one\n`]);
    expect(existsSync(path)).toBe(true);
  }, 60_000);
});

describe.skipIf(absent)(named('crashkeep watch'), () => {
  test('killed between the vault’s answer and its own note of it: the dump is there once', async () => {
    const database = join(folder, 'db');
    await mkdir(join(database, 'pending'), { recursive: true });
    await writeFile(join(database, 'pending/one.dmp'), DUMP);
    const slow = await line({ down: 1, hold: true });
    const child = started(slow.url, 'watch', database, '--once');
    await slow.reached();
    await killed(child);
    expect(await dumps()).toHaveLength(1);
    const ran = await crashkeep(slow.url, 'watch', database, '--once');
    expect(ran.code).toBe(0);
    expect(await dumps()).toHaveLength(1);
    expect(await uploads()).toEqual([]);
  }, 60_000);
});
