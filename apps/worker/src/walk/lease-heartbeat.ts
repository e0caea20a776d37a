import type { StrictRows } from '@crashkeep/strict-store';
import type { Rooms } from '../rooms.js';

type Renew = (rows: StrictRows, dumpId: string, owner: string, now: Date) => Promise<unknown>;

/** Renews a lease while a walk is under way, three times in its life. Returns what stops it. */
export function keepLease({ store, limits, owner, log }: Rooms, dumpId: string, renew: Renew): () => void {
  const timer = setInterval(() => {
    // A renewal that fails is no reason to stop: whoever writes the result checks the lease.
    renew(store.rows, dumpId, owner, new Date()).catch((error: unknown) => {
      log.error('walk.lease-not-renewed', error, { dump: dumpId });
    });
  }, limits.leaseMs / 3);
  return () => {
    clearInterval(timer);
  };
}
