import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Any X25519 recipient does: nobody opens extraction headers here. */
const SOME_RECIPIENT = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

/** The keeper as it is built, in a process of its own: apps do not import apps, they talk to them. */
export async function startKeeper(folder: string, databaseUrl: string, roomUrl: string): Promise<ChildProcess> {
  const main = fileURLToPath(new URL('../../keeper/dist/main.js', import.meta.url));
  if (!existsSync(main)) throw new Error('The keeper is not built: run npx tsc -b apps/keeper first.');
  const environment = await settle(folder, databaseUrl, roomUrl);
  const keeper = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const told: string[] = [];
  for (const stream of [keeper.stdout, keeper.stderr]) stream.on('data', (text: Buffer) => told.push(text.toString()));
  for (let tries = 0; tries < 600; tries++) {
    if (await answers(join(folder, 'keeper.sock'))) return keeper;
    if (keeper.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The keeper does not listen: ${told.join('')}`);
}

export function stopKeeper(keeper: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (keeper.exitCode !== null) {
      resolve();
      return;
    }
    keeper.once('exit', () => {
      resolve();
    });
    keeper.kill('SIGTERM');
  });
}

async function settle(folder: string, databaseUrl: string, roomUrl: string): Promise<NodeJS.ProcessEnv> {
  const urlFile = join(folder, 'database-url');
  await writeFile(urlFile, databaseUrl, { mode: 0o600 });
  const extraction = join(folder, 'extraction');
  await mkdir(extraction, { recursive: true, mode: 0o700 });
  await writeFile(join(extraction, `${new Date().toISOString().slice(0, 10)}.recipient`), SOME_RECIPIENT);
  return {
    PATH: process.env['PATH'],
    CRASHKEEP_DATABASE_URL_FILE: urlFile,
    CRASHKEEP_KEEPER_KEYS: join(folder, 'keys'),
    CRASHKEEP_STATEMENT_KEY_FILE: join(folder, 'statement.pub'),
    CRASHKEEP_MASK_KEY_FILE: join(folder, 'mask.pub'),
    CRASHKEEP_EXTRACTION_KEYS: extraction,
    CRASHKEEP_KEEPER_SOCKET: join(folder, 'keeper.sock'),
    CRASHKEEP_OBJECTS: `files:${join(folder, 'objects')}`,
    CRASHKEEP_PUBLIC_ROOM_URL: roomUrl,
  };
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => {
      resolve(false);
    });
  });
}
