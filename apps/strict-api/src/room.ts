import type { IdentityStore, PasskeyParty, SignInThrottle } from '@crashkeep/identity';
import type { KeeperClient } from '@crashkeep/keeper-wire';
import type { LenientStore } from '@crashkeep/lenient-store';
import type { AppLogger } from '@crashkeep/platform';
import type { StrictStore, TrustBook } from '@crashkeep/strict-store';

/** Everything that the reading room's handlers work with. It holds no key. */
export interface Room {
  readonly strict: StrictStore;
  readonly identity: IdentityStore;
  readonly lenient: LenientStore;
  readonly keeper: KeeperClient;
  /** What the signed statements amount to, from the root that the keeper has pinned. */
  readonly trust: TrustBook;
  readonly throttle: SignInThrottle;
  /** As browsers and passkeys know it. */
  readonly party: PasskeyParty;
  readonly log: AppLogger;
}

/** Under which Nest's container has it. */
export const ROOM = Symbol('Room');

/** The reading room's session. The console's has another name: browsers share cookies of one host between ports. */
export const ROOM_COOKIE = '__Host-ck-room';
