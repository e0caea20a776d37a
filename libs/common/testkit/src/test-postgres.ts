import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  ROLES,
  type Role,
  type RolePasswords,
  createDatabase,
  createRoles,
  migrateDatabase,
} from '@crashkeep/database';
import {
  type LocalPostgres,
  findBinaries,
  placeBinaries,
  serviceUser,
  startLocalPostgres,
} from '@crashkeep/local-postgres';
import { openRunFolder } from './run-folder.js';

/** What another process needs to know of a server that serves tests: plain data. */
export interface TestServer {
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
  readonly template: string;
}

export interface TestPostgres {
  readonly server: TestServer;
  stop(): Promise<void>;
}

const TEMPLATE = 'crashkeep_template';
/** A test's data may be lost with the machine. */
const UNSAFE_BUT_FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

/** A server with a migrated template. The caller stops it; when the caller was killed, the next run of tests does. */
export async function startTestPostgres(folder = openRunFolder()): Promise<TestPostgres> {
  const user = serviceUser();
  const home = join(folder, 'postgres');
  mkdirSync(home, { recursive: true });
  chmodSync(folder, 0o711);
  if (user) chownSync(home, user.uid, user.gid);
  const binaries = placeBinaries(findBinaries(), user, home);
  const password = randomBytes(16).toString('hex');
  const server = await startLocalPostgres({ binaries, user, folder: home, password, settings: UNSAFE_BUT_FAST });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { server: await prepare(server, password), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(server: LocalPostgres, password: string): Promise<TestServer> {
  const adminUrl = server.urlFor('postgres', password, 'postgres');
  const passwords = Object.fromEntries(ROLES.map((role) => [role, randomBytes(16).toString('hex')])) as Record<
    Role,
    string
  >;
  await createRoles(adminUrl, passwords);
  await createDatabase(adminUrl, TEMPLATE);
  await migrateDatabase(server.urlFor('ck_owner', passwords.ck_owner, TEMPLATE));
  return { adminUrl, passwords, template: TEMPLATE };
}
