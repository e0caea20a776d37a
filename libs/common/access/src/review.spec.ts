import { expect, test } from 'vitest';
import { type GrantReview, type ReviewDecision, reviewAfter } from './review.js';

test.each<[GrantReview | null, ReviewDecision, number, number, GrantReview | null]>([
  ['due', 'ratify', 1, 1, 'ratified'],
  ['due', 'ratify', 1, 2, 'due'],
  ['due', 'ratify', 2, 2, 'ratified'],
  ['due', 'violation', 0, 2, 'violation'],
  ['ratified', 'violation', 1, 1, null],
  ['violation', 'ratify', 1, 1, null],
  [null, 'ratify', 1, 1, null],
])('%s, then %s (%d of %d): %s', (review, decision, ratified, needed, after) => {
  const act = (): GrantReview => reviewAfter(review, decision, ratified, needed);
  if (after === null) expect(act).toThrow('access.wrong-state');
  else expect(act()).toBe(after);
});
