import { expect, test } from 'vitest';
import { step } from './use-row-keys.js';

test('j and k stay in the list; the first press takes its near end', () => {
  expect(step(null, 1, 3)).toBe(0);
  expect(step(null, -1, 3)).toBe(2);
  expect(step(2, 1, 3)).toBe(2);
  expect(step(0, -1, 3)).toBe(0);
  expect(step(null, 1, 0)).toBeNull();
});
