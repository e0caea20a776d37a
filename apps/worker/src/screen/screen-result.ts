import type { FoundSecret, MaskStatement, ScreeningEnd } from '@crashkeep/strict-store';
import { MASK_RANGES_MAX } from '@crashkeep/strict-store';
import { type ScreenAnswer, coarser, mergeRanges } from '@crashkeep/walk';
import { type DetectorChoice, findingsOf } from './detector-choice.js';
import type { ScreenedObject } from './screened-object.js';
import type { ScreenKeys } from './screen-keys.js';

/** All objects of a dump together. */
export interface ScreenResult {
  readonly state: ScreeningEnd;
  readonly failure: string | null;
  readonly secrets: readonly FoundSecret[];
  readonly mask: MaskStatement['objects'];
}

type Draft = Omit<FoundSecret, 'sightings'> & { readonly sightings: FoundSecret['sightings'][number][] };

/** One row a secret: the same one in a dump and in a log that came with it is one. */
export function screenResult(
  objects: readonly ScreenedObject[],
  choice: DetectorChoice,
  keys: ScreenKeys,
): ScreenResult {
  const secrets = new Map<string, Draft>();
  const mask = objects.map(({ part, size, answer }) => {
    const found = findingsOf(answer, choice);
    collect(secrets, part, found, keys);
    const failed = answer.status === 'failed';
    return {
      part,
      secret: coarser(mergeRanges(found.sightings.flatMap(({ ranges }) => ranges)), MASK_RANGES_MAX),
      unsearched: failed ? whole(size) : coarser(mergeRanges(answer.unsearched), MASK_RANGES_MAX),
    };
  });
  const states = objects.map(({ answer }) => answer.status);
  const isFailed = states.includes('failed');
  return {
    state: isFailed ? 'failed' : states.includes('partial') ? 'partial' : 'complete',
    failure: isFailed ? 'screen.control-missed' : null,
    secrets: [...secrets.values()],
    mask,
  };
}

/** A screening that came to nothing: every byte stays masked. */
export function failedResult(objects: readonly { part: string | null; size: number }[], failure: string): ScreenResult {
  const mask = objects.map(({ part, size }) => ({ part, secret: [], unsearched: whole(size) }));
  return { state: 'failed', failure, secrets: [], mask };
}

const whole = (size: number): [number, number][] => (size === 0 ? [] : [[0, size]]);

function collect(
  into: Map<string, Draft>,
  part: string | null,
  { secrets, sightings }: Pick<ScreenAnswer, 'secrets' | 'sightings'>,
  keys: ScreenKeys,
): void {
  const drafts = secrets.map(({ digest, ...about }, ordinal) => {
    const fingerprint = digest === null ? null : keys.fingerprint(about.kind, digest);
    const name = `${about.kind} ${fingerprint ?? `${part ?? ''} ${String(ordinal)}`}`;
    const known = into.get(name);
    if (known !== undefined) return known;
    const draft: Draft = { ...about, fingerprint, sightings: [] };
    into.set(name, draft);
    return draft;
  });
  for (const { secret, ...sighting } of sightings) drafts[secret]?.sightings.push({ part, ...sighting });
}
