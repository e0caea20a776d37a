import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { adminCommand } from './admin.js';
import { tokenCommand } from './token.js';

let home: string;
let server: Server | undefined;
const printed: string[] = [];
const complained: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ck-cli-'));
  mkdirSync(join(home, 'run'));
  vi.stubEnv('CRASHKEEP_HOME', home);
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => complained.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  server?.close();
  printed.length = complained.length = 0;
  process.exitCode = 0;
  rmSync(home, { recursive: true, force: true });
});

async function serve(socket: string, answer: object): Promise<unknown[]> {
  const asked: unknown[] = [];
  const made = createServer((connection) => {
    connection.on('data', (line) => {
      asked.push(JSON.parse(line.toString()));
      connection.end(`${JSON.stringify(answer)}\n`);
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(join(home, 'run', socket), resolve));
  return asked;
}

test('token create asks lenient-api and prints the token alone', async () => {
  const asked = await serve('lenient-admin.sock', { token: 'cki_x' });
  await tokenCommand().parseAsync(['create', '--project', 'default', '--class', 'ingest'], { from: 'user' });
  expect(asked).toEqual([
    { do: 'token.create', project: 'default', class: 'ingest', label: 'made on the command line' },
  ]);
  expect(printed).toEqual(['cki_x']);
});

test('admin link asks strict-api', async () => {
  const asked = await serve('strict-admin.sock', { link: 'http://room.localhost:8081/first-run#x' });
  await adminCommand().parseAsync(['link'], { from: 'user' });
  expect(asked).toEqual([{ do: 'admin.link' }]);
  expect(printed).toEqual(['http://room.localhost:8081/first-run#x']);
});

test('without a vault it says how to start one', async () => {
  await tokenCommand().parseAsync(['create', '--class', 'read'], { from: 'user' });
  expect(printed).toEqual([]);
  expect(complained.join()).toContain(`No vault runs on ${home}.`);
  expect(process.exitCode).toBe(2);
});

test('a refusal is a sentence, or its code', async () => {
  await serve('lenient-admin.sock', { error: { code: 'identity.project-unknown' } });
  await tokenCommand().parseAsync(['create', '--class', 'read', '--project', 'x'], { from: 'user' });
  expect(complained.join()).toContain('There is no such project.');
});
