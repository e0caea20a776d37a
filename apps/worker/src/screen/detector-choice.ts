import { DETECTOR_SET, type ScreenAnswer } from '@crashkeep/walk';

/**
 * Which detectors' findings count. `all` is what the library has. `text` is what scanners of text would see, as a set of its
 * own that is older than any other: for comparing, and for trying what a rescan does.
 */
export interface DetectorChoice {
  readonly name: keyof typeof CHOICES;
  /** Of the set: a higher one finds more, and makes what lower ones screened due again. */
  readonly number: number;
}

const TEXT: ReadonlySet<string> = new Set([
  ...(['pem', 'openssh-file', 'putty', 'jwk', 's-expression', 'base64-der', 'token', 'environment'] as const),
]);

const CHOICES = { all: DETECTOR_SET, text: 0 } as const;

/** CRASHKEEP_WORKER_DETECTORS: `all` or `text`. */
export function detectorChoice(name: string): DetectorChoice {
  if (name !== 'all' && name !== 'text') throw new Error('CRASHKEEP_WORKER_DETECTORS must be all or text.');
  return { name, number: CHOICES[name] };
}

/** The findings of this choice, and no trace of the others. */
export function findingsOf(
  { secrets, sightings }: Pick<ScreenAnswer, 'secrets' | 'sightings'>,
  { name }: DetectorChoice,
): Pick<ScreenAnswer, 'secrets' | 'sightings'> {
  if (name === 'all') return { secrets, sightings };
  const kept = sightings.filter(({ detector }) => TEXT.has(detector.split('@')[0] ?? ''));
  const ordinals = [...new Set(kept.map(({ secret }) => secret))];
  return {
    secrets: ordinals.flatMap((ordinal) => secrets[ordinal] ?? []),
    sightings: kept.map((sighting) => ({ ...sighting, secret: ordinals.indexOf(sighting.secret) })),
  };
}
