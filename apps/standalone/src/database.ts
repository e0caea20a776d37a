import { join } from 'node:path';
import { ROLES, type Role, createDatabase, createRoles, migrateDatabase } from '@crashkeep/database';
import {
  type LocalPostgres,
  LocalPostgresError,
  type LocalPostgresFault,
  type ServiceUser,
  findBinaries,
  isAlive,
  placeBinaries,
  startLocalPostgres,
} from '@crashkeep/local-postgres';
import type { StateFolder } from '@crashkeep/local-vault';
import { makeDefaultProject } from './default-project.js';
import { keptSecret, writeSecret } from './kept-secret.js';
import { Sentence } from './sentence.js';

const DATABASE = 'crashkeep';

const SETTINGS = {
  max_connections: '300',
  // A failed statement's text or the row that it met may hold what people wrote: neither belongs in a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface Database {
  readonly ownerUrl: string;
  /** File (0600) with the URL of each app's role: what CRASHKEEP_DATABASE_URL_FILE names. */
  urlFile(role: Role): string;
  /** Started again on its port when it ended by itself: the apps find it where it was. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts or adopts PostgreSQL, makes roles and database, migrates, and makes project `default`. */
export async function startDatabase(
  folder: StateFolder,
  user: ServiceUser | null,
  say: (line: string) => void,
): Promise<Database> {
  const password = keptSecret(join(folder.secrets, 'postgres-password'));
  let server = await startServer(folder, user, password);
  const stop = (): Promise<void> => server.stop();
  const revive = async (): Promise<void> => {
    if (isAlive(server.pid)) return;
    say('PostgreSQL ended by itself and is started again.');
    server = await startServer(folder, user, password, server.port);
  };
  try {
    return { ...(await migrated(folder, server, password, say)), revive, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function migrated(
  folder: StateFolder,
  server: LocalPostgres,
  password: string,
  say: (line: string) => void,
): Promise<Pick<Database, 'ownerUrl' | 'urlFile'>> {
  const urlFile = (role: Role): string => join(folder.secrets, `${role}-url`);
  const passwords = Object.fromEntries(
    ROLES.map((role) => [role, keptSecret(join(folder.secrets, `${role}-password`))]),
  ) as Record<Role, string>;
  const adminUrl = server.urlFor('postgres', password, 'postgres');
  await createRoles(adminUrl, passwords);
  await createDatabase(adminUrl, DATABASE);
  for (const role of ROLES) writeSecret(urlFile(role), server.urlFor(role, passwords[role], DATABASE));
  const ownerUrl = server.urlFor('ck_owner', passwords.ck_owner, DATABASE);
  await migrateDatabase(ownerUrl, (schema, applied) => {
    if (applied > 0) say(`  ${schema}: ${String(applied)} migration${applied === 1 ? '' : 's'} applied`);
  });
  await makeDefaultProject(ownerUrl);
  return { ownerUrl, urlFile };
}

async function startServer(
  folder: StateFolder,
  user: ServiceUser | null,
  password: string,
  port?: number,
): Promise<LocalPostgres> {
  try {
    return await startLocalPostgres({
      binaries: placeBinaries(findBinaries(), user, folder.postgres),
      user,
      folder: folder.postgres,
      password,
      ...(port !== undefined && { port }),
      logFile: join(folder.logs, 'postgresql.log'),
      settings: SETTINGS,
    });
  } catch (error) {
    if (error instanceof LocalPostgresError) throw new Sentence(SENTENCES[error.code](folder));
    throw error;
  }
}

const SENTENCES: { readonly [F in LocalPostgresFault]: (folder: StateFolder) => string } = {
  'postgres.no-binaries': () =>
    'npm has no PostgreSQL for this kind of machine. Run Crashkeep on Linux or macOS (x64 or arm64), or with docker-compose.yml.',
  'postgres.no-service-user': () =>
    'No user could be found to run PostgreSQL. Start Crashkeep as a user other than root.',
  'postgres.unreachable-folder': ({ postgres }) =>
    `PostgreSQL cannot be run from or write to ${postgres}. Set CRASHKEEP_HOME to a folder that the user postgres can reach, on a disk that allows programs to run.`,
  'postgres.initdb-failed': ({ home }) =>
    `PostgreSQL could not make its data folder in ${home}. Check that the disk has room (200 MB) and set CRASHKEEP_HOME elsewhere if it does not.`,
  'postgres.start-failed': ({ logs }) => `PostgreSQL did not start; ${join(logs, 'postgresql.log')} says why.`,
};
