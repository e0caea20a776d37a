import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readPostmasterPid, stopPostmaster } from '@crashkeep/local-postgres';
import { type TestServer, startTestPostgres } from './test-postgres.js';

/** Names the run's folder to Vitest's workers. */
export const RUN_FOLDER_VARIABLE = 'CRASHKEEP_TEST_RUN';
const SERVER_FILE = 'server.json';
const FAILURE_FILE = 'failure.txt';
const PATIENCE_MS = 120_000;

/** Of this user; the pid in a folder's name says which run it belongs to. */
const runsFolder = (): string => join(tmpdir(), `crashkeep-tests-${String(userInfo().uid)}`);

export function openRunFolder(): string {
  mkdirSync(runsFolder(), { recursive: true });
  chmodSync(runsFolder(), 0o711); // the user postgres passes through
  return mkdtempSync(join(runsFolder(), `${String(process.pid)}-`));
}

/** Stops the folder's server, if one was started. */
export async function closeRunFolder(folder: string): Promise<void> {
  const server = readPostmasterPid(join(folder, 'postgres', 'data'));
  if (server) await stopPostmaster(server.pid);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs that were killed could not clean up; their folders bear the pid of a process that is gone. */
export async function closeAbandonedRuns(): Promise<void> {
  if (!existsSync(runsFolder())) return;
  for (const name of readdirSync(runsFolder())) {
    if (!isAlive(Number(name.split('-')[0]))) await closeRunFolder(join(runsFolder(), name));
  }
}

/** The first worker to ask starts the server; the others wait for its file. */
export async function serverOfThisRun(): Promise<TestServer> {
  const folder = process.env[RUN_FOLDER_VARIABLE];
  if (folder === undefined)
    throw new Error(`${RUN_FOLDER_VARIABLE} is not set: run specs by Vitest from the repository's root`);
  if (claim(folder)) await startFor(folder);
  for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
    if (existsSync(join(folder, SERVER_FILE)))
      return JSON.parse(readFileSync(join(folder, SERVER_FILE), 'utf8')) as TestServer;
    if (existsSync(join(folder, FAILURE_FILE))) throw new Error(readFileSync(join(folder, FAILURE_FILE), 'utf8'));
    await sleep(50);
  }
  throw new Error('the test server did not start');
}

function claim(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'claimed'));
    return true;
  } catch {
    return false;
  }
}

async function startFor(folder: string): Promise<void> {
  try {
    const { server } = await startTestPostgres(folder);
    writeFileSync(join(folder, 'server.part'), JSON.stringify(server), { mode: 0o600 });
    renameSync(join(folder, 'server.part'), join(folder, SERVER_FILE));
  } catch (error) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, FAILURE_FILE), error instanceof Error ? (error.stack ?? error.message) : 'failed');
  }
}
