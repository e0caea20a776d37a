import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type LocalPostgres,
  findBinaries,
  isAlive,
  placeBinaries,
  readPostmasterPid,
  serviceUser,
  startLocalPostgres,
  stopPostmaster,
} from './index.js';

let folder: string;
const started: LocalPostgres[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-local-postgres-'));
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, 'postgres'));
  const user = serviceUser();
  if (user) chownSync(join(folder, 'postgres'), user.uid, user.gid);
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<LocalPostgres> {
  const home = join(folder, 'postgres');
  const user = serviceUser();
  const binaries = placeBinaries(findBinaries(), user, home);
  const server = await startLocalPostgres({
    binaries,
    user,
    folder: home,
    password: 'a b/c',
    settings: { fsync: 'off' },
  });
  started.push(server);
  return server;
}

async function ask(server: LocalPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.urlFor('postgres', 'a b/c', 'postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

const pidFile = (): string => join(folder, 'postgres/data/postmaster.pid');

test('a server that a killed run left alive is adopted, with its data', async () => {
  const first = await start();
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const second = await start();
  expect(second.pid).toBe(first.pid);
  expect(await ask(second, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
});

test('after a power cut the next start recovers', async () => {
  const first = await start();
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  process.kill(first.pid, 'SIGKILL');
  while (isAlive(first.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(existsSync(pidFile())).toBe(true);
  expect(await ask(await start(), 'SELECT answer FROM kept')).toEqual({ answer: 42 });
});

test('a pid that went to another program since does not stop us', async () => {
  const first = await start();
  await first.stop();
  const bystander = spawn('sleep', ['60']);
  writeFileSync(pidFile(), `${String(bystander.pid)}\n${join(folder, 'postgres/data')}\n0\n5432\n\n\n\nready\n`);
  expect(readPostmasterPid(join(folder, 'postgres/data'))).toBeNull();
  const second = await start();
  expect(second.pid).not.toBe(bystander.pid);
  expect(bystander.exitCode).toBeNull();
  bystander.kill();
});

test('a half made data folder is made anew', async () => {
  mkdirSync(join(folder, 'postgres/data'));
  writeFileSync(join(folder, 'postgres/data/base'), 'half');
  expect(await ask(await start(), 'SELECT 1 AS one')).toEqual({ one: 1 });
});

test('stopping is clean, leaves no pid file and no password', async () => {
  const server = await start();
  await stopPostmaster(server.pid);
  expect(isAlive(server.pid)).toBe(false);
  expect(existsSync(pidFile())).toBe(false);
  expect(existsSync(join(folder, 'postgres/initial-password'))).toBe(false);
  expect(readFileSync(join(folder, 'postgres/postgresql.log'), 'utf8')).toContain('database system is shut down');
});

test('it listens on loopback only, and wants the password', async () => {
  const server = await start();
  expect(await ask(server, 'SHOW listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' });
  const client = new pg.Client({ connectionString: server.urlFor('postgres', 'wrong', 'postgres') });
  await expect(client.connect()).rejects.toThrow(/password authentication failed/);
});

test.skipIf(process.getuid?.() !== 0)(
  'binaries below a closed folder are copied to where the server’s user can reach them (as root)',
  () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const found = findBinaries();
    const hidden = placeBinaries(found, null, closed);
    expect(hidden).toEqual(found);
    const user = serviceUser();
    const copyInClosed = { folder: join(closed, 'native'), version: found.version };
    cpSync(found.folder, copyInClosed.folder, { recursive: true, verbatimSymlinks: true });
    const placed = placeBinaries(copyInClosed, user, join(folder, 'postgres'));
    expect(placed.folder).toBe(join(folder, 'postgres', `postgresql-${found.version}`));
    expect(() => placeBinaries(copyInClosed, user, join(closed, 'postgres'))).toThrow('postgres.unreachable-folder');
  },
);

test('links that an install script would have made are mended', () => {
  const found = findBinaries();
  const bare = { folder: join(folder, 'native'), version: found.version };
  cpSync(found.folder, bare.folder, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(bare.folder, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(folder, target));
  expect(placeBinaries(bare, null, join(folder, 'postgres'))).toEqual(bare);
  expect(links.every(({ target }) => existsSync(join(folder, target)))).toBe(true);
});
