import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { LeaseClient } from '@crashkeep/keeper-wire';
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
import { DumpSyms, WalkRunner } from '@crashkeep/walk';
import { ExtractionKeyFiles } from './keys/extraction-key-files.js';
import type { Rooms } from './rooms.js';
import { bootWorker } from './worker-app.js';
import { detectorChoice } from './screen/detector-choice.js';
import { ScreenKeys } from './screen/screen-keys.js';
import { limitsFromSettings } from './worker-limits.js';

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  const rooms = await openRooms(log);
  await bootWorker(rooms);
  await tellWalls(rooms);
}

async function openRooms(log: AppLogger): Promise<Rooms> {
  const databaseUrl = secretSetting('CRASHKEEP_DATABASE_URL');
  const limits = limitsFromSettings(integerSetting, setting);
  const objects = { setting, secretSetting };
  const leaseSocket = optionalSetting('CRASHKEEP_LEASE_SOCKET');
  if (leaseSocket === null) log.warn('worker.no-second-walks');
  return {
    store: openStrictStore(databaseUrl),
    dumps: await objectStoreFromSettings('dumps', objects),
    symbols: await objectStoreFromSettings('symbols', objects),
    keys: await ExtractionKeyFiles.open(setting('CRASHKEEP_EXTRACTION_KEYS')),
    runner: new WalkRunner({ isolation: limits.isolation, idleMax: limits.walks * 2 + limits.screens }),
    leases: leaseSocket === null ? null : new LeaseClient(leaseSocket),
    dumpSyms: DumpSyms.find(optionalSetting('CRASHKEEP_WORKER_DUMP_SYMS')),
    screenKeys: await ScreenKeys.open(setting('CRASHKEEP_SCREEN_KEYS'), setting('CRASHKEEP_MASK_KEY_FILE')),
    detectors: detectorChoice(setting('CRASHKEEP_WORKER_DETECTORS', { default: 'all' })),
    ...{ limits, databaseUrl, log },
    owner: randomUUID(),
  };
}

/** Which walls stand around the parser on this machine: a missing one is a warning, not a reason not to start. */
async function tellWalls({ runner, log }: Rooms): Promise<void> {
  const walls = await runner.probeWalls();
  log.info('walk.walls', { ...walls });
  const missing = Object.entries(walls).flatMap(([wall, stands]) => (stands ? [] : [wall]));
  if (missing.length > 0) log.warn('walk.walls-missing', { walls: missing.join(' ') });
}

const log = createLogger('worker');
start(log).catch((error: unknown) => {
  log.error('worker.not-started', error);
  process.exitCode = 1;
});
