import { expect, test } from 'vitest';
import { loadDemangler } from './index.js';

test.each([
  ['_ZN3foo3barEi', 'foo::bar(int)'],
  ['__ZN3foo3barEi', 'foo::bar(int)'],
  ['_ZN4core3fmt9Formatter3pad17h0123456789abcdefE', 'core::fmt::Formatter::pad'],
  ['_RNvCs1234_7mycrate3foo', 'mycrate::foo'],
  ['?x@@YAHXZ', 'x(void)'],
  ['main', 'main'],
  ['_R', '_R'],
  ['_Z', '_Z'],
  ['_Random_c_name', '_Random_c_name'],
  ['foo::bar(int)', 'foo::bar(int)'],
])('%s is %s', async (mangled, name) => {
  const demangle = await loadDemangler();
  expect(demangle(mangled)).toBe(name);
});

/** A type that holds itself twice, and again, `depth` times over. */
function unfolding(depth: number): string {
  const reference = (i: number): string => `S${(i - 1).toString(36).toUpperCase()}_`;
  const types = Array.from({ length: depth }, (_, i) => `S0_I${reference(2 + i)}${reference(2 + i)}E`);
  return `_Z1f1a1bIS_S_E${types.join('')}`;
}

test('names that unfold without end stay as they are, and soon nothing is tried any more', async () => {
  const demangle = await loadDemangler();
  expect(demangle(unfolding(5)).length).toBeGreaterThan(500);
  for (let i = 0; i < 4; i++) expect(demangle(unfolding(14))).toBe(unfolding(14));
  expect(demangle('_ZN3foo3barEi')).toBe('_ZN3foo3barEi');
  expect((await loadDemangler())('_ZN3foo3barEi')).toBe('foo::bar(int)');
});
