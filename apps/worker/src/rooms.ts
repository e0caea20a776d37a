import type { AppLogger } from '@crashkeep/platform';
import type { LeaseClient } from '@crashkeep/keeper-wire';
import type { ObjectStore, StrictStore } from '@crashkeep/strict-store';
import type { DumpSyms, WalkRunner } from '@crashkeep/walk';
import type { KeyProvider } from './keys/key-provider.js';
import type { DetectorChoice } from './screen/detector-choice.js';
import type { ScreenKeys } from './screen/screen-keys.js';
import type { WorkerLimits } from './worker-limits.js';

/** What the worker works with; opened once, at the start. */
export interface Rooms {
  readonly store: StrictStore;
  readonly dumps: ObjectStore;
  readonly symbols: ObjectStore;
  readonly keys: KeyProvider;
  readonly runner: WalkRunner;
  /** Where the keeper gives new headers for second walks; null: there are none. */
  readonly leases: Pick<LeaseClient, 'lease'> | null;
  /** Reads PDBs and Mach-O files; null: they are kept, and refused until there is one. */
  readonly dumpSyms: DumpSyms | null;
  /** What the screen signs and names with. */
  readonly screenKeys: ScreenKeys;
  readonly detectors: DetectorChoice;
  readonly limits: WorkerLimits;
  /** For the queue, which keeps a connection of its own. */
  readonly databaseUrl: string;
  /** Names this process in leases. */
  readonly owner: string;
  readonly log: AppLogger;
}

export const ROOMS = Symbol('Rooms');
