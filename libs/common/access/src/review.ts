import { AccessError } from './access-error.js';

export const GRANT_REVIEWS = ['due', 'ratified', 'violation'] as const;
/** Of what was read behind broken glass. */
export type GrantReview = (typeof GRANT_REVIEWS)[number];

/** Hours in which another person must have looked. */
export const REVIEW_HOURS = 24;

export const REVIEW_DECISIONS = ['ratify', 'violation'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/**
 * The review after one more person's word. One who says that it was wrong is enough; to ratify takes as many as the policy asks.
 * What is decided stays. Throws `access.wrong-state`.
 */
export function reviewAfter(
  review: GrantReview | null,
  decision: ReviewDecision,
  ratified: number,
  needed: number,
): GrantReview {
  if (review !== 'due') throw new AccessError('access.wrong-state');
  if (decision === 'violation') return 'violation';
  return ratified >= needed ? 'ratified' : 'due';
}
