import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestServer, startTestPostgres } from './test-postgres.js';

/** Names the run's folder to Vitest's workers. */
export const RUN_FOLDER_VARIABLE = 'CRASHKEEP_TEST_RUN';
const SERVER_FILE = 'server.json';
const FAILURE_FILE = 'failure.txt';
const PATIENCE_MS = 120_000;

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
