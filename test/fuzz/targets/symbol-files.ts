import { existsSync, readFileSync } from 'node:fs';
import { type ConversionOptions, convertSymbolFile, SymbolsError } from '@crashkeep/symbols';
import { sampleSymbols } from '@crashkeep/synth';
import { formOutcome } from '../form-outcome.js';
import { type FuzzTarget, magnitude, OWN_LIBRARIES } from '../fuzz-target.js';
import { MeteredSource } from '../metered-source.js';
import { fixtureSeeds } from '../seeds.js';

const OPTIONS: ConversionOptions = { maxFormBytes: 16 * 1024 * 1024, maxTextBytes: 1024 * 1024 };
const OWN_PROGRAM = '/bin/true';

/** ELF files with their DWARF. */
export const elfTarget: FuzzTarget = {
  code: OWN_LIBRARIES,
  seeds: () => [
    ...(existsSync(OWN_PROGRAM) ? [readFileSync(OWN_PROGRAM)] : [Buffer.from('\u007fELF\u0002\u0001\u0001', 'latin1')]),
    ...['own', 'fp', 'nofp', 'clang', 'm32', 'arm64', 'armhf'].flatMap((variant) => [
      ...fixtureSeeds(`bin/${variant}`, 64 * 1024, 4),
      ...fixtureSeeds(`bin/${variant}/debug`, 64 * 1024, 4),
    ]),
  ],
  run: convert,
};

/** PE images with their .pdata. */
export const peTarget: FuzzTarget = {
  code: OWN_LIBRARIES,
  seeds: () => [Buffer.from('MZ'), ...fixtureSeeds('winx64/bin', 64 * 1024, 8)],
  run: convert,
};

/** Breakpad's text. */
export const symTarget: FuzzTarget = {
  code: OWN_LIBRARIES,
  seeds: () => [...sampleSymbols().map(({ text }) => Buffer.from(text)), ...fixtureSeeds('symbols', 32 * 1024, 60)],
  run: convert,
};

async function convert(bytes: Uint8Array): Promise<string> {
  try {
    const { form, dropped } = await convertSymbolFile(new MeteredSource(bytes), OPTIONS);
    const dropping = Object.values(dropped).map((count: number) => magnitude(count));
    return `${dropping.join()} ${formOutcome(Buffer.concat(form))}`;
  } catch (error) {
    if (error instanceof SymbolsError && error.code !== 'symbols.damaged-form') return error.code;
    throw error;
  }
}
