import { readMinidump } from '@crashkeep/minidump';
import { BufferSource, SnapshotError } from '@crashkeep/snapshot';
import { convertSymbolFile, openSymbolForm, SymbolsError } from '@crashkeep/symbols';
import { sampleDump, sampleSymbols } from '@crashkeep/synth';
import { formOutcome } from '../form-outcome.js';
import { type FuzzTarget, OWN_LIBRARIES } from '../fuzz-target.js';
import { MeteredSource } from '../metered-source.js';
import { fixtureSeeds } from '../seeds.js';
import { walkOutcome } from '../walk-outcome.js';

/** Our own binary form, as a hostile store would hand it over: read by itself, and in a walk of the sample. */
export function formTarget(): FuzzTarget {
  const snapshot = readMinidump(new BufferSource(sampleDump()));
  return {
    code: OWN_LIBRARIES,
    seeds: async () => {
      const texts = [
        ...sampleSymbols().map(({ text }) => Buffer.from(text)),
        ...fixtureSeeds('symbols', 64 * 1024, 24),
      ];
      const forms = await Promise.all(texts.map((text) => convertSymbolFile(new BufferSource(text))));
      return forms.map(({ form }) => Buffer.concat(form));
    },
    run: (bytes) => {
      return `${closed(() => formOutcome(bytes))} ${closed(() => {
        const form = openSymbolForm(new MeteredSource(bytes));
        return walkOutcome(snapshot, () => form);
      })}`;
    },
  };
}

/** A form says wrongly, or has no bytes, at a place: whoever asks passes over it. */
function closed(look: () => string): string {
  try {
    return look();
  } catch (error) {
    if (error instanceof SymbolsError || error instanceof SnapshotError) return error.code;
    throw error;
  }
}
