import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { CHROMIUM_FLAGS } from './chromium-crash.js';
import { root } from './vault.js';

/** Where pictures go, to be looked at: `CRASHKEEP_SCREENSHOTS` names the folder; without it none is taken. */
const pictures = process.env.CRASHKEEP_SCREENSHOTS ?? null;

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_FLAGS });

/** A person at a browser of their own, with an authenticator that verifies its user. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Lines that the page wrote to its console as errors: there must be none. */
  readonly errors: string[];
  /** Hosts that the page asked for anything: only the vault's own. */
  readonly hosts: Set<string>;
}

export async function newVisitor(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const errors: string[] = [];
  const hosts = new Set<string>();
  page.on('console', (message) => {
    // A refusal is an answer; the browser writes a line for each.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await addAuthenticator(context, page);
  return { context, page, errors, hosts };
}

async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const client = await context.newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** The page at 1440 and 390 px, in light and dark, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === null) return;
  const folder = join(root, pictures);
  mkdirSync(folder, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(folder, `${name}-${String(width)}-${scheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}
