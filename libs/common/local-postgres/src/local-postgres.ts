import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { freePort } from './free-port.js';
import { LocalPostgresError } from './local-postgres-error.js';
import { type PostmasterPid, isAlive, readPostmasterPid, removeForeignPid } from './postmaster-pid.js';
import type { ServiceUser } from './service-user.js';

export interface LocalPostgresOptions {
  readonly binaries: Binaries;
  /** Null: the server runs as ourselves. */
  readonly user: ServiceUser | null;
  /** The parent of PGDATA and of the server's log; `user` must be able to reach it. */
  readonly folder: string;
  /** The superuser's, set when the folder is made; the name is `postgres`. */
  readonly password: string;
  /** Taken where it is free; another otherwise. */
  readonly port?: number;
  /** Where the server writes; `postgresql.log` in `folder` otherwise. We open it, so its folder may be closed to `user`. */
  readonly logFile?: string;
  /** Further server settings, name to value. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LocalPostgres {
  readonly port: number;
  readonly pid: number;
  /** A URL of loopback. */
  urlFor(role: string, password: string, database: string): string;
  /** Fast shutdown: sessions are cut, nothing is lost. */
  stop(): Promise<void>;
}

const START_SECONDS = 60;
const TRIES = 10;

/** Makes the data folder when there is none, adopts a server that already runs on it, starts one otherwise. */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const data = join(options.folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(options, data);
  const running = readPostmasterPid(data);
  const postmaster = running ? await untilReady(data, running.pid, options) : await start(options, data);
  return {
    port: postmaster.port,
    pid: postmaster.pid,
    urlFor: (role, password, database) =>
      `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${String(postmaster.port)}/${encodeURIComponent(database)}`,
    stop: () => stopPostmaster(postmaster.pid),
  };
}

/** SIGINT is PostgreSQL's fast shutdown; a server that hangs is ended the hard way and recovers by its log at the next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < seconds * 1000 && isAlive(pid); waited += 20) await sleep(20);
  }
}

function initialise({ binaries, user, folder, password }: LocalPostgresOptions, data: string): void {
  mkdirSync(folder, { recursive: true });
  rmSync(data, { recursive: true, force: true }); // an initdb that was killed leaves a half
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    const flags = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-instructions'];
    const done = spawnSync(join(binaries.folder, 'bin', 'initdb'), [...flags, `--pwfile=${passwordFile}`, '-D', data], {
      cwd: '/',
      encoding: 'utf8',
      env: serverEnvironment(),
      ...user,
    });
    if (done.status === 0) return;
    rmSync(data, { recursive: true, force: true });
    const unreachable = done.error !== undefined || /permission denied/i.test(done.stderr);
    throw new LocalPostgresError(
      unreachable ? 'postgres.unreachable-folder' : 'postgres.initdb-failed',
      done.error?.message ?? done.stderr,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Nothing of ours: a PGOPTIONS or PGDATA of the caller's shell must not reach the server. */
const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' });

/** Another program may take the port between our look and the server's; backends of a killed server need a moment to notice. */
const PASSES = ['could not bind', 'pre-existing shared memory block'];

async function start(options: LocalPostgresOptions, data: string): Promise<PostmasterPid> {
  removeForeignPid(data);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort(options, data, attempt === 1 && options.port ? options.port : await freePort());
    } catch (error) {
      const said = tailOf(options);
      if (attempt === TRIES || !PASSES.some((text) => said.includes(text))) throw error;
      await sleep(attempt * 100);
    }
  }
}

async function startOnPort(options: LocalPostgresOptions, data: string, port: number): Promise<PostmasterPid> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFileOf(options), 'w', 0o600);
  let child: ChildProcess;
  try {
    // Detached: Ctrl-C reaches our whole process group, but PostgreSQL must outlive the apps that are being closed.
    child = spawn(join(options.binaries.folder, 'bin', 'postgres'), ['-D', data, ...flags], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: serverEnvironment(),
      ...options.user,
    });
  } finally {
    closeSync(log);
  }
  chmodSync(logFileOf(options), 0o600);
  child.on('error', () => undefined); // seen below: no pid
  child.unref();
  if (child.pid === undefined) throw new LocalPostgresError('postgres.unreachable-folder');
  return untilReady(data, child.pid, options);
}

async function untilReady(data: string, pid: number, options: LocalPostgresOptions): Promise<PostmasterPid> {
  for (let waited = 0; waited < START_SECONDS * 1000; waited += 20) {
    const state = readPostmasterPid(data);
    if (state?.ready) return state;
    if (!isAlive(pid)) break;
    await sleep(20);
  }
  throw new LocalPostgresError('postgres.start-failed', tailOf(options));
}

const logFileOf = ({ folder, logFile }: LocalPostgresOptions): string => logFile ?? join(folder, 'postgresql.log');

function tailOf(options: LocalPostgresOptions): string {
  return existsSync(logFileOf(options)) ? readFileSync(logFileOf(options), 'utf8').slice(-2000) : '';
}
