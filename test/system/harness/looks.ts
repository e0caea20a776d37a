import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [390, 960, 1920] as const;

/**
 * The page in both themes and three widths: what axe finds against WCAG 2.2 AA, and where the page is wider than its window.
 * Empty when all is well; else a line a fault, with the element it is about.
 */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      // Colours and layout follow in a frame or two; axe reads what is painted.
      await page.waitForTimeout(150);
      const at = `${String(width)} px, ${colorScheme}`;
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      for (const { id, nodes } of violations)
        faults.push(`${at}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) faults.push(`${at}: ${String(over)} px wider than the window`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  return faults;
}
