import { ElfCoreError, readElfCore } from '@crashkeep/elfcore';
import { SnapshotError } from '@crashkeep/snapshot';
import { type FuzzTarget, OWN_LIBRARIES } from '../fuzz-target.js';
import { MeteredSource } from '../metered-source.js';
import { fixtureSeeds } from '../seeds.js';
import { smallCore } from '../small-core.js';
import { walkOutcome } from '../walk-outcome.js';

/** Reads an ELF core and walks it without symbols. */
export const elfCoreTarget: FuzzTarget = {
  code: OWN_LIBRARIES,
  seeds: () => [smallCore(), ...fixtureSeeds('cores', 384 * 1024, 60)],
  run: (bytes) => {
    try {
      return walkOutcome(readElfCore(new MeteredSource(bytes)), () => null);
    } catch (error) {
      if (error instanceof ElfCoreError) return error.code;
      if (error instanceof SnapshotError && error.code === 'snapshot.budget-exhausted') return error.code;
      throw error;
    }
  },
};
