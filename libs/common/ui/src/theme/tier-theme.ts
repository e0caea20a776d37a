import { type MantineThemeOverride, createTheme } from '@mantine/core';
import { petrol, plum } from './colours.js';
import { dressedParts } from './dressed-parts.js';
import type { Tier } from './tier.js';

/** Mantine's theme for a tier. Sizes and colours themselves are CSS tokens: this names them, `mantine-variables.css` binds them. */
export function createTierTheme(tier: Tier): MantineThemeOverride {
  return createTheme({
    colors: { petrol, plum },
    primaryColor: tier === 'strict' ? 'plum' : 'petrol',
    fontFamily: 'var(--font)',
    fontFamilyMonospace: 'var(--mono)',
    fontSizes: { xs: 'var(--t-12)', sm: 'var(--t-13)', md: 'var(--t-14)', lg: 'var(--t-16)', xl: 'var(--t-20)' },
    spacing: { xs: 'var(--s-2)', sm: 'var(--s-3)', md: 'var(--s-4)', lg: 'var(--s-5)', xl: 'var(--s-6)' },
    radius: { xs: 'var(--r-1)', sm: 'var(--r-1)', md: 'var(--r-2)', lg: 'var(--r-3)', xl: 'var(--r-full)' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: dressedParts,
  });
}
