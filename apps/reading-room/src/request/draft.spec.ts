import { DEFAULT_POLICY } from '@crashkeep/access';
import { expect, test } from 'vitest';
import { type Draft, budgetFor, openRanges, rangeOf, scopeOf, whatIsMissing } from './draft.js';

const project = {
  id: 'p',
  name: 'P',
  ticket_pattern: '^[A-Z]+-[0-9]+$',
  policy: {
    ...{ name: 'd', approvals: 1, minutes_max: 240, budget_max: 4096, decide_minutes: 1, activate_minutes: 1 },
    rules: DEFAULT_POLICY,
  },
  may: { request: true, decide: false, audit: false, manage: false },
};
const draft: Draft = {
  path: 'asked',
  kind: 'stack',
  threads: [3],
  ranges: [],
  reason: 'x'.repeat(20),
  ticket: 'AB-1',
  minutes: 30,
};

test('addresses and lengths as people type them', () => {
  expect(rangeOf({ address: '7F3a_9c1e', length: '0x40' })).toEqual({ address: '0x7f3a9c1e', length: 64 });
  expect(rangeOf({ address: '0x0', length: '10' })).toEqual({ address: '0x0', length: 10 });
  expect(rangeOf({ address: 'stack', length: '10' })).toBeNull();
  expect(rangeOf({ address: '0x1', length: '0' })).toBeNull();
  expect(rangeOf({ address: '0x1', length: '-4' })).toBeNull();
});

test('what is missing is said one thing at a time', () => {
  expect(whatIsMissing({ ...draft, threads: [] }, project)).toContain('thread');
  expect(whatIsMissing({ ...draft, reason: 'because' }, project)).toContain('20');
  expect(whatIsMissing({ ...draft, ticket: 'see chat' }, project)).toContain('ticket');
  expect(whatIsMissing(draft, project)).toBeNull();
});

test('a stack is what its thread holds', () => {
  const map = {
    threads: [{ index: 3, id: 1, crashed: true, stack: { address: '0x10', size: 32 }, registers_bytes: 0 }],
    regions: [],
    memory_bytes: 32,
    annotation_bytes: 0,
  };
  expect(openRanges(draft, map)).toEqual([{ address: '0x10', length: 32 }]);
  expect(scopeOf(draft)).toEqual({ kind: 'stack', threads: [3] });
});

test('the budget is one and a half reads, within the policy', () => {
  expect(budgetFor(1000, 1 << 20)).toBe(2048);
  expect(budgetFor(1 << 20, 4096)).toBe(4096);
});
