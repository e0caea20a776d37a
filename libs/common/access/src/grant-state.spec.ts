import { describe, expect, test } from 'vitest';
import { GRANT_ACTS, GRANT_STATES, type GrantState, isTerminal, stateAfter, statesBefore } from './grant-state.js';

/** DESIGN.md 7, written out a second time: state, act, state. */
const ALLOWED = new Set([
  'requested edit requested',
  'requested approve approved',
  'requested deny denied',
  'requested withdraw withdrawn',
  'requested lapse lapsed',
  'approved edit requested',
  'approved withdraw withdrawn',
  'approved lapse lapsed',
  'approved activate active',
  'approved revoke revoked',
  'active close closed',
  'active expire expired',
  'active exhaust exhausted',
  'active revoke revoked',
]);

describe.each(GRANT_STATES)('a grant that is %s', (state) => {
  test.each(GRANT_ACTS)('under %s', (act) => {
    const line = [...ALLOWED].find((allowed) => allowed.startsWith(`${state} ${act} `));
    if (line === undefined) expect(() => stateAfter(state, act)).toThrow('access.wrong-state');
    else expect(stateAfter(state, act)).toBe(line.split(' ')[2]);
  });
});

test('terminal states are those that DESIGN.md 7 calls so', () => {
  const ends: GrantState[] = ['closed', 'expired', 'exhausted', 'revoked', 'denied', 'withdrawn', 'lapsed'];
  expect(GRANT_STATES.filter(isTerminal)).toEqual(ends);
});

test('a statement that writes an act knows the states it may write from', () => {
  expect(statesBefore('revoke')).toEqual(['approved', 'active']);
  expect(statesBefore('edit')).toEqual(['requested', 'approved']);
});
