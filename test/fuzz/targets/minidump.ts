import { MinidumpError, readMinidump } from '@crashkeep/minidump';
import { SnapshotError } from '@crashkeep/snapshot';
import { sampleBuilder } from '@crashkeep/synth';
import { type FuzzTarget, OWN_LIBRARIES } from '../fuzz-target.js';
import { MeteredSource } from '../metered-source.js';
import { sampleForms } from '../sample-forms.js';
import { fixtureSeeds } from '../seeds.js';
import { walkOutcome } from '../walk-outcome.js';

/** Reads a minidump and walks it, with the sample's symbols where it has modules of the sample. */
export async function minidumpTarget(): Promise<FuzzTarget> {
  const symbolsOf = await sampleForms();
  return {
    code: OWN_LIBRARIES,
    seeds: () => [
      sampleBuilder().bytes(),
      sampleBuilder()
        .linux('maps', '00400000-00401000 r-xp 00000000 08:01 131 /usr/bin/lantern\n')
        .linux('lsbRelease', 'DISTRIB_DESCRIPTION="Debian GNU/Linux 12"\n')
        .bytes(),
      ...fixtureSeeds('minidumps', 64 * 1024, 150),
      ...fixtureSeeds('winx64/minidumps', 96 * 1024, 20),
    ],
    run: (bytes) => {
      try {
        return walkOutcome(readMinidump(new MeteredSource(bytes)), symbolsOf);
      } catch (error) {
        if (error instanceof MinidumpError) return error.code;
        if (error instanceof SnapshotError && error.code === 'snapshot.budget-exhausted') return error.code;
        throw error;
      }
    },
  };
}
