import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** CRASHKEEP_HOME and what lies in it. */
export interface StateFolder {
  readonly home: string;
  readonly postgres: string;
  /** Sealed dumps, symbols and the ledger's tiles, where objects are files. */
  readonly objects: string;
  readonly keeperKeys: string;
  readonly extractionKeys: string;
  readonly statementKey: string;
  /** What workers sign masks and name secrets with. */
  readonly screenKeys: string;
  /** The public half of the former, for the keeper. */
  readonly maskKey: string;
  /** The ledger's key and frontier; `ledger.pub` in it is what verifiers are given. */
  readonly sequencerKeys: string;
  /** Uploads that wait while database or store are away. */
  readonly spool: string;
  readonly secrets: string;
  /** lenient-api's own: seals the addresses of alerts, makes the secrets of webhooks. */
  readonly alertKey: string;
  /** Sockets and pids. */
  readonly run: string;
  readonly logs: string;
}

/** `~/.crashkeep`, or as root `/var/lib/crashkeep`, where the user postgres can reach it; else what CRASHKEEP_HOME names. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): StateFolder {
  const named = environment['CRASHKEEP_HOME'];
  const usual = process.getuid?.() === 0 ? '/var/lib/crashkeep' : join(homedir(), '.crashkeep');
  const home = named === undefined || named === '' ? usual : resolve(named);
  return {
    home,
    postgres: join(home, 'postgres'),
    objects: join(home, 'objects'),
    keeperKeys: join(home, 'keys/keeper'),
    extractionKeys: join(home, 'keys/extraction'),
    statementKey: join(home, 'keys/statement/statement.pub'),
    screenKeys: join(home, 'keys/screen'),
    maskKey: join(home, 'keys/mask/mask.pub'),
    sequencerKeys: join(home, 'keys/sequencer'),
    spool: join(home, 'spool'),
    secrets: join(home, 'secrets'),
    alertKey: join(home, 'secrets/alert-key'),
    run: join(home, 'run'),
    logs: join(home, 'logs'),
  };
}
