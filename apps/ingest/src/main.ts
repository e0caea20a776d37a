import 'reflect-metadata';
import { findProject, openIdentityStore, verifyApiToken } from '@crashkeep/identity';
import {
  type AppLogger,
  createLogger,
  hardenProcess,
  integerSetting,
  optionalSetting,
  secretSetting,
  setting,
} from '@crashkeep/platform';
import {
  RecipientBook,
  findRecipient,
  objectStoreFromSettings,
  openStrictStore,
  parseStatementKey,
} from '@crashkeep/strict-store';
import { ProjectBook } from './door/project-book.js';
import { TokenGate } from './door/token-gate.js';
import { type Intake, bootIngest } from './index.js';
import { Spool } from './spool/spool.js';
import { startCommitting } from './spool/spool-commits.js';
import { startSweeping } from './sweep/sweeping.js';
import { limitsFromSettings } from './limits.js';
import { openJobQueue } from './queue/job-queue.js';

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  const intake = await openIntake(log);
  const host = setting('CRASHKEEP_LISTEN_HOST', { default: '127.0.0.1' });
  const port = integerSetting('CRASHKEEP_LISTEN_PORT', { default: 8082, min: 0, max: 65_535 });
  await bootIngest(intake, { host, port });
  startSweeping(intake);
  if (intake.spool) startCommitting(intake, intake.spool);
  log.info('ingest.listens', { port });
}

async function openIntake(log: AppLogger): Promise<Intake> {
  const databaseUrl = secretSetting('CRASHKEEP_DATABASE_URL');
  const statementKey = parseStatementKey(secretSetting('CRASHKEEP_STATEMENT_KEY'));
  const store = openStrictStore(databaseUrl);
  const identity = openIdentityStore(databaseUrl);
  const objects = { setting, secretSetting };
  return {
    dumps: await objectStoreFromSettings('dumps', objects),
    symbols: await objectStoreFromSettings('symbols', objects),
    store,
    tokens: new TokenGate((text, accepted) => verifyApiToken(identity.rows, text, accepted)),
    projects: new ProjectBook((id) => findProject(identity.rows, id)),
    recipients: new RecipientBook((name) => findRecipient(store.rows, name), statementKey),
    queue: openJobQueue(databaseUrl, log),
    spool: await openSpool(),
    copiesUploads: setting('CRASHKEEP_OBJECTS') === 's3',
    limits: limitsFromSettings(integerSetting),
    log,
    publicUrl: setting('CRASHKEEP_PUBLIC_INGEST_URL', { default: 'http://localhost:8082' }),
  };
}

/** CRASHKEEP_INGEST_SPOOL: a folder of this process alone. */
async function openSpool(): Promise<Spool | null> {
  const folder = optionalSetting('CRASHKEEP_INGEST_SPOOL');
  const most = integerSetting('CRASHKEEP_INGEST_SPOOL_BYTES', { default: 2 * 1024 ** 3, min: 1, max: 2 ** 50 });
  return folder === null ? null : Spool.open(folder, most);
}

const log = createLogger('ingest');
start(log).catch((error: unknown) => {
  log.error('ingest.not-started', error);
  process.exit(1); // connections that are open already would keep a process that serves nothing
});
