import { objectStoreFromSettings } from '@crashkeep/object-store';
import {
  type AppLogger,
  createLogger,
  hardenProcess,
  openAdminSocket,
  optionalSetting,
  secretSetting,
  setting,
} from '@crashkeep/platform';
import { adminCommands } from './admin-commands.js';
import { KeyFolder } from './keys/key-folder.js';
import { keepSequencing } from './sequencing.js';
import { keptDays, witnessesFrom } from './settings.js';

async function start(log: AppLogger): Promise<void> {
  log.info('process.hardened', { ...hardenProcess() });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop.abort();
    });
  }
  const keys = await KeyFolder.open(setting('CRASHKEEP_SEQUENCER_KEYS'), optionalSetting('CRASHKEEP_SEQUENCER_ORIGIN'));
  const socket = optionalSetting('CRASHKEEP_SEQUENCER_ADMIN_SOCKET');
  const server = socket === null ? null : await openAdminSocket(socket, adminCommands(keys, log));
  try {
    await keepSequencing(
      {
        databaseUrl: secretSetting('CRASHKEEP_DATABASE_URL'),
        objects: await objectStoreFromSettings('ledger', { setting, secretSetting }),
        keys,
        witnesses: witnessesFrom(optionalSetting('CRASHKEEP_SEQUENCER_WITNESSES')),
        keptDays: keptDays(),
        log,
      },
      stop.signal,
    );
  } finally {
    server?.close();
  }
}

const log = createLogger('sequencer');
start(log).catch((error: unknown) => {
  log.error('sequencer.halted', error);
  process.exitCode = 1;
});
