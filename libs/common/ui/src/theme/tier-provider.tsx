import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import type { ReactNode } from 'react';
import '../styles/index.css';
import { createTierTheme } from './tier-theme.js';
import type { Tier } from './tier.js';

/** The pages' `scheme.js` reads the same key before the first paint. */
const colorSchemeManager = localStorageColorSchemeManager({ key: 'crashkeep.scheme' });

const themes = { lenient: createTierTheme('lenient'), strict: createTierTheme('strict') };

/**
 * Gives a page its tier. The page's own `<html data-tier>` says the same: tokens hang on it before any script runs.
 * Nothing is written into <style> elements: the page's CSP is `style-src 'self'`.
 */
export function TierProvider({ tier, children }: { readonly tier: Tier; readonly children: ReactNode }): ReactNode {
  return (
    <MantineProvider
      theme={themes[tier]}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
