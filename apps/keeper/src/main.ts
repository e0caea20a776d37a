import 'reflect-metadata';
import { openIdentityStore } from '@crashkeep/identity';
import {
  type AppLogger,
  createLogger,
  hardenProcess,
  integerSetting,
  optionalSetting,
  secretSetting,
  setting,
} from '@crashkeep/platform';
import { objectStoreFromSettings, openStrictStore } from '@crashkeep/strict-store';
import { bootKeeper } from './keeper-app.js';
import { FileKeyProvider } from './keys/file-key-provider.js';
import { publishStatementKey } from './keys/statement-key.js';
import { keeperTrust } from './root/keeper-trust.js';
import { MaskBook } from './masks/mask-book.js';
import { PinnedRoot } from './root/pinned-root.js';
import type { Rooms } from './rooms.js';

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  await bootKeeper(await openRooms(log));
}

async function openRooms(log: AppLogger): Promise<Rooms> {
  const databaseUrl = secretSetting('CRASHKEEP_DATABASE_URL');
  const folder = setting('CRASHKEEP_KEEPER_KEYS');
  const store = openStrictStore(databaseUrl);
  const keys = await FileKeyProvider.open(folder);
  const published = await publishStatementKey(setting('CRASHKEEP_STATEMENT_KEY_FILE'), keys.statementKey);
  if (!published) log.warn('keeper.statement-key-differs');
  const room = new URL(setting('CRASHKEEP_PUBLIC_ROOM_URL'));
  const party = { origin: room.origin, rpId: room.hostname };
  const root = await PinnedRoot.open(folder, store);
  return {
    store,
    identity: openIdentityStore(databaseUrl),
    objects: await objectStoreFromSettings('dumps', { setting, secretSetting }),
    keys,
    root,
    trust: keeperTrust(root, party),
    party,
    masks: new MaskBook(setting('CRASHKEEP_MASK_KEY_FILE')),
    extractionFolder: setting('CRASHKEEP_EXTRACTION_KEYS'),
    socket: setting('CRASHKEEP_KEEPER_SOCKET'),
    leases: leasesFromSettings(),
    log,
  };
}

/** Enough for a build's symbols that come an hour late, and few enough that whoever took a worker opens little of the archive. */
const SECOND_WALKS_PER_HOUR = 60;

function leasesFromSettings(): Rooms['leases'] {
  const socket = optionalSetting('CRASHKEEP_LEASE_SOCKET');
  if (socket === null) return null;
  const bounds = { default: SECOND_WALKS_PER_HOUR, min: 0, max: 100_000 };
  return { socket, secondWalksPerHour: integerSetting('CRASHKEEP_KEEPER_SECOND_WALKS_PER_HOUR', bounds) };
}

const log = createLogger('keeper');
start(log).catch((error: unknown) => {
  log.error('keeper.not-started', error);
  process.exitCode = 1;
});
