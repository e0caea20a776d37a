import type { AppLogger } from '@crashkeep/platform';
import type { IdentityStore, PasskeyParty } from '@crashkeep/identity';
import type { ObjectStore, StrictStore, TrustBook } from '@crashkeep/strict-store';
import type { KeyProvider } from './keys/key-provider.js';
import type { MaskBook } from './masks/mask-book.js';
import type { PinnedRoot } from './root/pinned-root.js';

/** What the keeper works with; opened once, at the start. */
export interface Rooms {
  readonly store: StrictStore;
  readonly identity: IdentityStore;
  readonly objects: ObjectStore;
  readonly keys: KeyProvider;
  readonly root: PinnedRoot;
  /** What nobody may see, as workers sign it. */
  readonly masks: MaskBook;
  /** What the signed statements amount to, from that root outwards. */
  readonly trust: TrustBook;
  /** The reading room as passkeys know it. */
  readonly party: PasskeyParty;
  readonly extractionFolder: string;
  readonly socket: string;
  /** Where workers ask for new headers; null: nobody gets any. */
  readonly leases: { readonly socket: string; readonly secondWalksPerHour: number } | null;
  readonly log: AppLogger;
}

export const ROOMS = Symbol('Rooms');
