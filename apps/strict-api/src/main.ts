import 'reflect-metadata';
import { SignInThrottle, openIdentityStore } from '@crashkeep/identity';
import { KeeperClient } from '@crashkeep/keeper-wire';
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
import { openStrictStore } from '@crashkeep/strict-store';
import { bootRoom } from './room-app.js';
import type { Room } from './room.js';
import { adminCommands } from './session/admin-commands.js';
import { proposeMissing } from './statements/missing.js';
import { roomTrust } from './statements/room-trust.js';

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  const room = openRoom(log);
  const host = setting('CRASHKEEP_LISTEN_HOST', { default: '127.0.0.1' });
  const port = integerSetting('CRASHKEEP_LISTEN_PORT', { default: 8081, min: 0, max: 65_535 });
  await bootRoom(room, { host, port, webRoot: optionalSetting('CRASHKEEP_WEB_ROOT') });
  const socket = optionalSetting('CRASHKEEP_STRICT_ADMIN_SOCKET');
  if (socket !== null) await openAdminSocket(socket, adminCommands(room));
  log.info('room.listens', { port });
  const waiting = await proposeMissing(room);
  if (waiting > 0) log.warn('room.statements-wait', { waiting });
}

function openRoom(log: AppLogger): Room {
  const databaseUrl = secretSetting('CRASHKEEP_DATABASE_URL');
  const origin = new URL(setting('CRASHKEEP_PUBLIC_ROOM_URL', { default: 'http://room.localhost:8081' }));
  const party = { origin: origin.origin, rpId: origin.hostname };
  const keeper = new KeeperClient(setting('CRASHKEEP_KEEPER_SOCKET'));
  return {
    strict: openStrictStore(databaseUrl),
    identity: openIdentityStore(databaseUrl),
    lenient: openLenientStore(databaseUrl),
    keeper,
    trust: roomTrust(keeper, party),
    throttle: new SignInThrottle(),
    party,
    log,
  };
}

const log = createLogger('strict-api');
start(log).catch((error: unknown) => {
  log.error('room.not-started', error);
  process.exitCode = 1;
});
