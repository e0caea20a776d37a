import { describe, expect, test } from 'vitest';
import { requestedTerms } from './grant-terms.js';
import { DEFAULT_POLICY } from './policy/access-policy.js';
import { narrow } from './narrowing.js';
import { reasonText, ticketText } from './request-text.js';
import type { RegionMap } from './resolve-scope.js';
import type { Scope } from './scope.js';

const stack = { address: 0x7000n, size: 0x2000, offset: 0x100 };
const MAP: RegionMap = {
  fileBytes: 0x4000,
  regions: [stack],
  stacks: [stack, { ...stack, address: 0x9000n, offset: 0x2100, size: 0x10 }],
  contexts: [],
  annotations: [],
};
const SCOPE: Scope = { kind: 'stack', threads: [0, 1] };
const terms = requestedTerms({ scope: SCOPE, minutes: 60, bytes: 20_000 }, MAP, DEFAULT_POLICY);

test('without a budget, one and a half full reads in whole pages', () => {
  expect(requestedTerms({ scope: SCOPE, minutes: 30 }, MAP, DEFAULT_POLICY).bytes).toBe(16_384);
});

test.each([0, -1, 0.5, 241, 2 ** 53 + 2, Number.NaN])('%d minutes are out of bounds', (minutes) => {
  expect(() => requestedTerms({ scope: SCOPE, minutes }, MAP, DEFAULT_POLICY)).toThrow('access.minutes-out-of-bounds');
});

test.each([0, -1, 0.5, 16 * 1024 * 1024 + 1])('a budget of %d is out of bounds', (bytes) => {
  expect(() => requestedTerms({ scope: SCOPE, minutes: 1, bytes }, MAP, DEFAULT_POLICY)).toThrow(
    'access.bytes-out-of-bounds',
  );
});

describe('an approver may only narrow', () => {
  test('fewer threads, minutes, bytes', () => {
    const scope: Scope = { kind: 'stack', threads: [1] };
    expect(narrow(terms, { scope, minutes: 30, bytes: 100 }, MAP)).toEqual({
      scope,
      ranges: [{ address: '0x9000', part: null, offset: 0x2100, length: 0x10 }],
      minutes: 30,
      bytes: 100,
    });
  });

  test('a part of a stack, as memory', () => {
    const scope: Scope = { kind: 'memory', ranges: [{ address: '0x7010', length: 16 }] };
    expect(narrow(terms, { scope }, MAP).ranges).toEqual([
      { address: '0x7010', part: null, offset: 0x110, length: 16 },
    ]);
  });

  test.each([
    ['nothing', {}],
    ['the same again', { scope: SCOPE, minutes: 60 }],
    ['more minutes', { minutes: 61 }],
    ['more bytes', { bytes: 20_001, minutes: 1 }],
    ['no minutes', { minutes: 0 }],
    ['half a minute', { minutes: 0.5 }],
  ])('%s is not narrower', (_what, narrowing) => {
    expect(() => narrow(terms, narrowing, MAP)).toThrow('access.not-narrower');
  });

  test('memory that was not asked for is not narrower', () => {
    const one = requestedTerms({ scope: { kind: 'stack', threads: [1] }, minutes: 60 }, MAP, DEFAULT_POLICY);
    const scope: Scope = { kind: 'memory', ranges: [{ address: '0x7000', length: 16 }] };
    expect(() => narrow(one, { scope, minutes: 1 }, MAP)).toThrow('access.not-narrower');
  });

  test('the same address at another place in the file is not narrower', () => {
    const moved = { ...MAP, regions: [{ ...stack, offset: 0x108 }] };
    const scope: Scope = { kind: 'memory', ranges: [{ address: '0x7010', length: 16 }] };
    expect(() => narrow(terms, { scope }, moved)).toThrow('access.not-narrower');
  });
});

describe('reason and ticket', () => {
  test('a reason is one trimmed line', () => {
    expect(reasonText('  the slot index is\n  needed here ')).toBe('the slot index is needed here');
  });

  test.each([
    ['19 characters', 'x'.repeat(19), 'access.reason-too-short'],
    ['blanks do not count', `${' '.repeat(40)}short`, 'access.reason-too-short'],
    ['501 characters', 'x'.repeat(501), 'access.reason-too-long'],
    ['a megabyte', 'x'.repeat(1_000_000), 'access.reason-too-long'],
    ['a control character', `${'x'.repeat(30)}\u0007`, 'access.reason-unprintable'],
    ['a right-to-left override', `${'x'.repeat(30)}\u202e`, 'access.reason-unprintable'],
    ['half a surrogate pair', `${'x'.repeat(30)}\ud800`, 'access.reason-unprintable'],
  ])('%s', (_what, text, code) => {
    expect(() => reasonText(text)).toThrow(code);
  });

  test('characters are counted, not UTF-16 units', () => {
    expect(reasonText('𝔵'.repeat(500))).toHaveLength(1000);
  });

  test('a ticket fits its project pattern as a whole', () => {
    expect(ticketText(' RELAY-4127 ', '[A-Z]+-[0-9]+')).toBe('RELAY-4127');
    expect(() => ticketText('see RELAY-4127', '[A-Z]+-[0-9]+')).toThrow('access.ticket-unfit');
    expect(() => ticketText('RELAY-4127', '(')).toThrow('access.ticket-unfit');
    expect(() => ticketText('A'.repeat(65), 'A+')).toThrow('access.ticket-unfit');
    expect(() => ticketText('', '.*')).toThrow('access.ticket-unfit');
  });
});
