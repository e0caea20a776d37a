import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@crashkeep/local-postgres';
import { stateFolder } from '@crashkeep/local-vault';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppProcess } from './app-process.js';
import type { Health } from './app-table.js';
import { prepareFolder } from './prepare-folder.js';
import { notedPid } from './process-identity.js';

let home: string;
let said: string[];
const apps: AppProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ck-apps-'));
  prepareFolder(folder());
  said = [];
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  rmSync(home, { recursive: true, force: true });
});

const folder = (): ReturnType<typeof stateFolder> => stateFolder({ CRASHKEEP_HOME: home });
const logOf = (name: string): string => readFileSync(join(home, 'logs', `${name}.log`), 'utf8');
const pidOf = (name: string): number | null => notedPid(join(home, 'run', `${name}.pid`));

function app(script: string, health: Health = { kind: 'alive' }, settings: Record<string, string> = {}): AppProcess {
  const main = join(home, 'main.mjs');
  writeFileSync(main, script);
  const made = new AppProcess({ name: 'ingest', main, role: 'ck_ingest', settings, health }, folder(), (line) =>
    said.push(line),
  );
  apps.push(made);
  return made;
}

const SERVES = `import { createServer } from 'node:http';
  let asked = 0;
  createServer((request, answer) => answer.writeHead((asked += 1) > 2 ? 200 : 503).end()).listen(Number(process.env.PORT), '127.0.0.1');`;

test('it is started once it serves, not once it listens', async () => {
  const port = await freePort();
  await app(SERVES, { kind: 'http', port, host: 'localhost' }, { PORT: String(port) }).start();
  expect((await fetch(`http://127.0.0.1:${String(port)}/healthz`)).status).toBe(200);
});

test('it gets its settings and the file of its role’s URL, and nothing else of our environment', async () => {
  process.env['CRASHKEEP_S3_SECRET_KEY'] = 'not for everyone';
  await app(
    'console.log(JSON.stringify(process.env)); setInterval(() => {}, 1000)',
    { kind: 'alive' },
    { ONE: '1' },
  ).start();
  while (!logOf('ingest').includes('}')) await sleep(20);
  const environment = JSON.parse(logOf('ingest')) as Record<string, string>;
  expect(environment).toMatchObject({ ONE: '1', CRASHKEEP_DATABASE_URL_FILE: join(home, 'secrets/ck_ingest-url') });
  expect(environment).not.toHaveProperty('CRASHKEEP_S3_SECRET_KEY');
  expect(Object.keys(environment).some((name) => name.startsWith('npm_') || name.startsWith('VITEST'))).toBe(false);
  delete process.env['CRASHKEEP_S3_SECRET_KEY'];
});

test('one that is killed is started again, and a line says so', async () => {
  const port = await freePort();
  await app(SERVES, { kind: 'http', port, host: 'localhost' }, { PORT: String(port) }).start();
  const first = pidOf('ingest') ?? 0;
  process.kill(first, 'SIGKILL');
  while (pidOf('ingest') === null || pidOf('ingest') === first) await sleep(20);
  expect(said.join()).toContain('ingest ended by itself (SIGKILL) and is started again');
});

test('one that never comes up is a sentence that names its log', async () => {
  await expect(
    app("console.log('why'); process.exit(3)", { kind: 'socket', path: join(home, 'none') }).start(),
  ).rejects.toThrow(`The part "ingest" did not start; ${join(home, 'logs/ingest.log')} says why.`);
  expect(logOf('ingest')).toContain('why');
});

test('stopping asks first, and it may end its work', async () => {
  const started = app(
    "process.on('SIGTERM', () => { console.log('closed'); process.exit(0) }); console.log('up'); setInterval(() => {}, 1000)",
  );
  await started.start();
  while (!logOf('ingest').includes('up')) await sleep(20);
  await started.stop();
  expect(logOf('ingest')).toBe('up\nclosed\n');
  expect(pidOf('ingest')).toBeNull();
  expect(said).toEqual([]);
});
