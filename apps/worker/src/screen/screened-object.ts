import { plaintextSize } from '@crashkeep/envelope';
import type { LeasedScreening, ScreenObject, ScreeningSkip } from '@crashkeep/strict-store';
import { type ScreenAnswer, WalkError } from '@crashkeep/walk';
import type { Rooms } from '../rooms.js';
import { OpenedDump } from '../walk/opened-dump.js';

/** What one object of a dump gave: the dump itself, or a part that came beside it. */
export interface ScreenedObject {
  readonly part: string | null;
  readonly size: number;
  readonly answer: ScreenAnswer;
}

/** An answer that says nothing but that nobody looked, and why. */
const NOTHING = {
  ...{ detectors: 0, secrets: [], sightings: [], claimedBytes: 0, readBytes: 0, constantBytes: 0 },
} as const;

/**
 * Has a child search one object, in the time that is left. A child that does not end in its time is killed and the object
 * counts as not searched, for that reason: trying again would only delay the next dump once more.
 */
export async function screenObject(
  rooms: Rooms,
  { dump, project, extractionRecipient }: LeasedScreening,
  object: ScreenObject,
  milliseconds: number,
): Promise<ScreenedObject> {
  const { part, objectKey, sealedBytes, extractionHeader } = object;
  const unsearched = (): ScreenedObject => outOfTime(part, plaintextSize(sealedBytes));
  if (milliseconds <= 0) return unsearched();
  const sealed = { id: dump, project, objectKey, sealedBytes, extractionHeader, extractionRecipient };
  const source = await OpenedDump.open(rooms, sealed);
  try {
    const answer = await rooms.runner.screen({ source, project, isDump: part === null, milliseconds });
    return { part, size: source.size, answer };
  } catch (error) {
    if (error instanceof WalkError && error.code === 'walk.timeout') return unsearched();
    throw error;
  } finally {
    source.close();
  }
}

function outOfTime(part: string | null, size: number): ScreenedObject {
  const answer: ScreenAnswer = {
    ...{ ...NOTHING, secrets: [], sightings: [], status: 'partial', claimedBytes: size },
    skipped: [{ detector: 'frame', reason: 'time-budget', count: size }],
    unsearched: size === 0 ? [] : [[0, size]],
  };
  return { part, size, answer };
}

export const skipsOf = (objects: readonly ScreenedObject[]): ScreeningSkip[] =>
  objects.flatMap(({ part, answer }) => answer.skipped.map((skip) => ({ part, ...skip })));
