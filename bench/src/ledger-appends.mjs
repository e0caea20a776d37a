// Appends a second, durably: PostgreSQL with its own defaults, fsync on, on this machine.
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { KeyFolder, Sequencer } from '../../apps/sequencer/dist/index.js';
import { ROLES, createDatabase, createRoles, migrateDatabase } from '../../libs/common/database/dist/index.js';
import {
  findBinaries,
  placeBinaries,
  serviceUser,
  startLocalPostgres,
} from '../../libs/common/local-postgres/dist/index.js';
import { FileObjectStore } from '../../libs/common/object-store/dist/index.js';

const SECONDS = 10;
const AIM = 10_000;

export async function benchAppends(print) {
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-appends-'));
  const postgres = await startPostgres(folder);
  try {
    const url = postgres.urlFor('ck_keeper');
    for (const [callers, batch] of [
      [1, 1],
      [16, 1],
      [64, 1],
      [4, 64],
      [8, 256],
    ]) {
      const rate = await appendsASecond(url, callers, batch);
      const how = batch === 1 ? 'one a transaction' : `${batch} a transaction`;
      const [peer, ratio] = batch === 1 ? [null, null] : [AIM, rate / AIM];
      print('ledger', `appends, ${callers} callers, ${how}`, rate, '/s', peer, ratio);
    }
    print('ledger', 'numbered and published', await numberedASecond(postgres, folder), 'leaves/s');
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function appendsASecond(url, callers, batch) {
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const until = performance.now() + SECONDS * 1000;
  let appended = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const bodies = Array.from({ length: batch }, body);
        await client.query('SELECT ledger.append_keeper(b) FROM unnest($1::text[]) b', [bodies]);
        appended += batch;
      }
      await client.end();
    }),
  );
  return appended / SECONDS;
}

/** What the sequencer does with all that was appended: number, hash, sign, write tiles as files. */
async function numberedASecond(postgres, folder) {
  const quiet = { info() {}, warn() {}, error() {} };
  const sequencer = await Sequencer.open({
    databaseUrl: postgres.urlFor('ck_sequencer'),
    objects: await FileObjectStore.open(join(folder, 'ledger')),
    keys: await KeyFolder.open(join(folder, 'keys'), 'bench.invalid/ledger'),
    witnesses: [],
    log: quiet,
  });
  const until = performance.now() + SECONDS * 1000;
  let numbered = 0;
  while (performance.now() < until) {
    const count = await sequencer.number();
    await sequencer.publish(new Date());
    if (count === 0) break;
    numbered += count;
  }
  const seconds = SECONDS - Math.max(0, until - performance.now()) / 1000;
  await sequencer.close();
  return numbered / seconds;
}

function body() {
  return `{"act":"grant.read","bytes":4096,"dump":"${randomUUID()}","grant":"${randomUUID()}","left":1000000,"ranges":[{"length":4096,"offset":8192}],"requester":"${randomUUID()}","version":1}`;
}

async function startPostgres(folder) {
  const user = serviceUser();
  const home = join(folder, 'postgres');
  mkdirSync(home);
  chmodSync(folder, 0o711);
  if (user) chownSync(home, user.uid, user.gid);
  const password = randomBytes(16).toString('hex');
  const server = await startLocalPostgres({
    binaries: placeBinaries(findBinaries(), user, home),
    user,
    folder: home,
    password,
    settings: { max_connections: '300' },
  });
  const passwords = Object.fromEntries(ROLES.map((role) => [role, randomBytes(16).toString('hex')]));
  const adminUrl = server.urlFor('postgres', password, 'postgres');
  await createRoles(adminUrl, passwords);
  await createDatabase(adminUrl, 'crashkeep');
  await migrateDatabase(server.urlFor('ck_owner', passwords.ck_owner, 'crashkeep'));
  return { urlFor: (role) => server.urlFor(role, passwords[role], 'crashkeep'), stop: () => server.stop() };
}
