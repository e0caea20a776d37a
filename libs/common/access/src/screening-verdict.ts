import { z } from 'zod';

/** What is known of a dump's screening when somebody asks for its bytes. */
export const ScreeningFacts = z.strictObject({
  state: z.enum(['none', 'partial', 'complete', 'failed']),
  /** Of the set that screened it, and of the newest that runs in this vault. */
  detectors: z.int().min(0),
  newestDetectors: z.int().min(0),
  /** The highest level (0 to 5) of anything that was found; null where nothing was. */
  highestLevel: z.int().min(0).max(5).nullable(),
});
export type ScreeningFacts = z.infer<typeof ScreeningFacts>;

export type ScreeningVerdict = 'allows' | 'not-screened' | 'not-complete' | 'older-detectors' | 'has-findings';

/**
 * Whether the screen leaves a request to a policy's automatic approval: complete, by the newest detectors, and nothing found
 * above the policy's level (-1: nothing at all). Any other answer is the reason why a person has to look.
 */
export function screeningVerdict(facts: ScreeningFacts, levelMax: number): ScreeningVerdict {
  const { state, detectors, newestDetectors, highestLevel } = facts;
  if (state === 'none') return 'not-screened';
  if (state !== 'complete') return 'not-complete';
  if (detectors < newestDetectors) return 'older-detectors';
  return highestLevel !== null && highestLevel > levelMax ? 'has-findings' : 'allows';
}
