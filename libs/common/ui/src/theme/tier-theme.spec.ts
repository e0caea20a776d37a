import { readFileSync } from 'node:fs';
import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { expect, test } from 'vitest';
import { createTierTheme } from './tier-theme.js';
import type { Tier } from './tier.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

function variablesOf(tier: Tier): Map<string, string> {
  const theme = mergeMantineTheme(DEFAULT_THEME, createTierTheme(tier));
  const { variables, light, dark } = defaultCssVariablesResolver(theme);
  return new Map(Object.entries({ ...variables, ...light, ...dark }));
}

/** What MantineProvider would have written into a <style> element of its own. */
function variablesBeyondDefaults(tier: Tier): string[] {
  const { variables, light, dark } = defaultCssVariablesResolver(DEFAULT_THEME);
  const plain = new Map(Object.entries({ ...variables, ...light, ...dark }));
  return [...variablesOf(tier)].filter(([name, value]) => plain.get(name) !== value).map(([name]) => name);
}

test.each<Tier>(['lenient', 'strict'])('%s: each variable of the theme stands in the static sheet', (tier) => {
  const sheet = read('../styles/mantine-variables.css');
  const missing = variablesBeyondDefaults(tier).filter((name) => !sheet.includes(`${name}:`));
  expect(missing).toEqual([]);
});

test.each<readonly [Tier, string]>([
  ['lenient', 'petrol'],
  ['strict', 'plum'],
])('%s is %s, in the same steps as the tokens', (tier, colour) => {
  const tokens = read('../styles/tokens.css');
  expect(createTierTheme(tier).primaryColor).toBe(colour);
  createTierTheme(tier).colors?.[colour]?.forEach((hex, step) => {
    expect(tokens).toContain(`--${colour}-${String(step)}: ${hex};`);
  });
});

test('raw colours stand in the tokens alone', () => {
  for (const sheet of ['base', 'mantine-variables']) {
    expect(read(`../styles/${sheet}.css`)).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/iu);
  }
});
