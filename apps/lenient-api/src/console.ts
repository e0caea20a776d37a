import type { IdentityStore, SignInThrottle } from '@crashkeep/identity';
import type { LenientStore } from '@crashkeep/lenient-store';
import type { AppLogger } from '@crashkeep/platform';
import type { Alerts } from './alerts/alert-settings.js';

/** Everything that the console's handlers work with. It has no way to a dump. */
export interface Console {
  readonly store: LenientStore;
  readonly identity: IdentityStore;
  readonly throttle: SignInThrottle;
  readonly alerts: Alerts;
  readonly log: AppLogger;
  /** As browsers and clients know them, without a path. */
  readonly origins: { readonly console: string; readonly room: string; readonly ingest: string };
}

/** Under which Nest's container has it. */
export const CONSOLE = Symbol('Console');
