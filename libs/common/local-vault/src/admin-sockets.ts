import { join } from 'node:path';
import { type StateFolder, stateFolder } from './state-folder.js';

export interface AdminSockets {
  /** Tokens: lenient-api's. */
  readonly lenient: string;
  /** The first admin's link: strict-api's. */
  readonly strict: string;
  /** The ledger's key: sequencer's. */
  readonly sequencer: string;
}

/** Where the sockets are: in the state folder, or in a container where its settings say. */
export function adminSockets(
  folder: StateFolder = stateFolder(),
  environment: NodeJS.ProcessEnv = process.env,
): AdminSockets {
  return {
    lenient: environment['CRASHKEEP_LENIENT_ADMIN_SOCKET'] ?? join(folder.run, 'lenient-admin.sock'),
    sequencer: environment['CRASHKEEP_SEQUENCER_ADMIN_SOCKET'] ?? join(folder.run, 'sequencer-admin.sock'),
    strict: environment['CRASHKEEP_STRICT_ADMIN_SOCKET'] ?? join(folder.run, 'strict-admin.sock'),
  };
}
