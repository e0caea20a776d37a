import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminSockets, askAdmin, stateFolder } from './index.js';

let folder: string;
let server: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-admin-'));
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(answer: string): Promise<[string, string[]]> {
  const asked: string[] = [];
  const path = join(folder, 'admin.sock');
  const made = createServer((socket) => {
    socket.on('data', (line) => {
      asked.push(line.toString());
      socket.end(answer);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(path, resolve));
  return [path, asked];
}

test('asks in one line and takes the wanted value of the answer', async () => {
  const [path, asked] = await serve('{"token":"cki_x"}\n');
  expect(await askAdmin(path, { do: 'token.create' }, 'token')).toBe('cki_x');
  expect(asked).toEqual(['{"do":"token.create"}\n']);
});

test.each([
  ['{"error":{"code":"identity.project-unknown"}}\n', 'identity.project-unknown'],
  ['{"other":1}\n', 'admin.failed'],
  ['', 'admin.failed'],
])('an answer of %j is the error %s', async (answer, code) => {
  const [path] = await serve(answer);
  await expect(askAdmin(path, {}, 'token')).rejects.toMatchObject({ code });
});

test('where nothing listens it says so', async () => {
  await expect(askAdmin(join(folder, 'none.sock'), {}, 'token')).rejects.toMatchObject({ code: 'admin.unreachable' });
});

test('CRASHKEEP_HOME moves everything', () => {
  const moved = stateFolder({ CRASHKEEP_HOME: '/srv/vault' });
  expect(moved).toMatchObject({ home: '/srv/vault', run: '/srv/vault/run', keeperKeys: '/srv/vault/keys/keeper' });
  expect(adminSockets(moved, {}).lenient).toBe('/srv/vault/run/lenient-admin.sock');
  expect(adminSockets(moved, { CRASHKEEP_LENIENT_ADMIN_SOCKET: '/elsewhere' }).lenient).toBe('/elsewhere');
});
