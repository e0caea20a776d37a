import { orphanKeys, orphanSymbolKeys } from '@crashkeep/strict-store';
import type { Intake } from '../intake.js';
import { sweepOrphans } from './orphan-sweep.js';

const FIRST_MS = 10 * 60 * 1000;
const EVERY_MS = 6 * 3600 * 1000;
/** Longer than any upload may take. */
const OLD_MS = 24 * 3600 * 1000;

/** Sweeps both stores now and then, for as long as the process lives. */
export function startSweeping(intake: Intake): void {
  const sweep = (): void => {
    sweepBoth(intake).catch((error: unknown) => {
      intake.log.error('objects.not-swept', error);
    });
  };
  setTimeout(sweep, FIRST_MS).unref();
  setInterval(sweep, EVERY_MS).unref();
}

async function sweepBoth({ dumps, symbols, store, log }: Intake): Promise<void> {
  const before = new Date(Date.now() - OLD_MS);
  await sweepOrphans({ objects: dumps, orphansAmong: (keys) => orphanKeys(store.rows, keys), before, log });
  await sweepOrphans({ objects: symbols, orphansAmong: (keys) => orphanSymbolKeys(store.rows, keys), before, log });
}
