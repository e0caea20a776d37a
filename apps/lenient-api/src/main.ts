import 'reflect-metadata';
import { SignInThrottle, openIdentityStore } from '@crashkeep/identity';
import { openLenientStore } from '@crashkeep/lenient-store';
import {
  type AppLogger,
  createLogger,
  hardenProcess,
  integerSetting,
  openAdminSocket,
  optionalSetting,
  secretSetting,
  setting,
} from '@crashkeep/platform';
import { openAlerts } from './alerts/alert-settings.js';
import { bootConsole } from './console-app.js';
import type { Console } from './console.js';
import { adminCommands } from './tokens/admin-commands.js';

/** Milliseconds that a search may take: a person waits no longer. */
const STATEMENT_MS = 8_000;

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  const console = openConsole(log);
  const host = setting('CRASHKEEP_LISTEN_HOST', { default: '127.0.0.1' });
  const port = integerSetting('CRASHKEEP_LISTEN_PORT', { default: 8080, min: 0, max: 65_535 });
  await bootConsole(console, { host, port, webRoot: optionalSetting('CRASHKEEP_WEB_ROOT') });
  console.alerts.desk.start();
  const socket = optionalSetting('CRASHKEEP_LENIENT_ADMIN_SOCKET');
  if (socket !== null) await openAdminSocket(socket, adminCommands(console.identity));
  log.info('console.listens', { port });
}

function openConsole(log: AppLogger): Console {
  const databaseUrl = secretSetting('CRASHKEEP_DATABASE_URL');
  const store = openLenientStore(databaseUrl, { statementMs: STATEMENT_MS });
  const origin = originOf('CRASHKEEP_PUBLIC_CONSOLE_URL', 'http://localhost:8080');
  return {
    store,
    alerts: openAlerts(store, origin, log),
    identity: openIdentityStore(databaseUrl),
    throttle: new SignInThrottle(),
    log,
    origins: {
      console: origin,
      room: originOf('CRASHKEEP_PUBLIC_ROOM_URL', 'http://room.localhost:8081'),
      ingest: originOf('CRASHKEEP_PUBLIC_INGEST_URL', 'http://localhost:8082'),
    },
  };
}

const originOf = (name: string, standard: string): string => new URL(setting(name, { default: standard })).origin;

const log = createLogger('lenient-api');
start(log).catch((error: unknown) => {
  log.error('console.not-started', error);
  process.exitCode = 1;
});
