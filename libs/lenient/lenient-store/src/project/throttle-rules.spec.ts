import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ThrottleRule, throttleOf } from './throttle-rules.js';

const rule = (field: ThrottleRule['field'], pattern: string | null, action: ThrottleRule['action'], percent = 100) => ({
  field,
  pattern,
  action,
  percent,
});
const upload = (version: string | null) => ({ product: 'App', version, channel: null });

test.each<[string, string | null, ThrottleRule['action']]>([
  ['1.2', '1.2', 'reject'],
  ['1.*', '1.2', 'reject'],
  ['*beta*', '2.0-BETA1', 'reject'],
  ['1.*.3', '1.3', 'accept'],
  ['1.2', '1.20', 'accept'],
  ['*', null, 'accept'],
])('the pattern %s and version %s', (pattern, version, action) => {
  expect(throttleOf([rule('version', pattern, 'reject')], upload(version), () => 0)).toBe(action);
});

test('the first rule that takes an upload decides; what a percentage leaves goes on', () => {
  const rules = [rule('version', '1.*', 'defer', 30), rule(null, null, 'reject')];
  expect(throttleOf(rules, upload('1.0'), () => 0.29)).toBe('defer');
  expect(throttleOf(rules, upload('1.0'), () => 0.31)).toBe('reject');
  expect(throttleOf([], upload('1.0'), () => 0)).toBe('accept');
});

test('a pattern fits what a regular expression of it fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 8 });
  const values = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(letters, values, (pattern, value) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(value);
      const action = throttleOf([rule('version', pattern, 'reject')], upload(value), () => 0);
      expect(action === 'reject').toBe(expected);
    }),
  );
});
