import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Visitor, launchChromium, newVisitor, picture } from './harness/browser.js';
import { chromiumNote, hasChromium } from './harness/chromium-crash.js';
import { firstAdmin } from './harness/first-admin.js';
import { faultsOf } from './harness/looks.js';
import { sampleDump } from './harness/sample.js';
import { curlDump, untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

let vault: Vault;
let browser: Browser;
let visitor: Visitor;
const ids: string[] = [];

beforeAll(async () => {
  if (!hasChromium) return;
  vault = await startVault();
  browser = await launchChromium();
  visitor = await newVisitor(browser);
  const file = join(vault.home, 'sample-of-this-test.dmp');
  writeFileSync(file, sampleDump());
  const [ingest, read] = [await vault.token('ingest'), await vault.token('read')];
  for (const ver of ['1.0', '1.0', '1.1', '1.2', '1.2', '1.2'])
    ids.push(await curlDump(`${vault.ingest}/submit?token=${ingest}`, file, { prod: 'relay', ver }));
  for (const id of ids) await untilWalked(vault, read, id);
  await firstAdmin(visitor.page, vault);
});

afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await throwAway(vault);
});

interface Place {
  readonly name: string;
  readonly path: () => string;
  /** A heading that is there when the page is. */
  readonly heading: string | RegExp;
}

const PLACES: readonly Place[] = [
  { name: 'groups', path: () => '/', heading: 'Top crashers' },
  { name: 'groups-none', path: () => '/?q=no-such-name', heading: 'Top crashers' },
  { name: 'groups-fault', path: () => '/?q=produkt:relay', heading: 'Top crashers' },
  { name: 'alerts', path: () => '/alerts', heading: 'Alerts' },
  { name: 'search', path: () => '/reports?q=os:linux+version:1.2', heading: 'Reports' },
  { name: 'reports', path: () => '/reports', heading: 'Reports' },
  { name: 'report', path: () => `/reports/${ids[0] ?? ''}`, heading: 'What was withheld, and why' },
  { name: 'report-missing', path: () => '/reports/00000000-0000-4000-8000-000000000000', heading: /.+/ },
  { name: 'compare', path: () => `/compare?left=${ids[0] ?? ''}&right=${ids[1] ?? ''}`, heading: 'Facts' },
  { name: 'dictionary', path: () => '/dictionary', heading: 'Data dictionary' },
  { name: 'send', path: () => '/send', heading: 'Send crashes' },
  { name: 'tokens', path: () => '/tokens', heading: 'Tokens' },
  { name: 'people', path: () => '/people', heading: 'People' },
  { name: 'nowhere', path: () => '/no-such-page', heading: /.+/ },
];

describe.skipIf(!hasChromium)(`each page of the console, both themes, three widths${chromiumNote}`, () => {
  test.each(PLACES)('$name: axe finds nothing, and it is not wider than its window', async (place) => {
    const { page } = visitor;
    await page.goto(`${vault.console}${place.path()}`);
    await page.getByRole('heading', { name: place.heading }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await picture(page, `console-${place.name}`);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('the signature, from the list by keyboard alone', async () => {
    const { page } = visitor;
    await page.goto(`${vault.console}/`);
    await page.getByRole('heading', { name: 'Top crashers' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/groups\//);
    await page.getByRole('heading', { name: 'Reports', exact: true }).waitFor();
    await picture(page, 'console-group');
    expect(await faultsOf(page)).toEqual([]);
  });

  test('the palette leads to a report by its id', async () => {
    const { page } = visitor;
    await page.goto(`${vault.console}/people`);
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Control+k');
    await page.getByLabel('Go to', { exact: true }).fill(ids[1] ?? '');
    await page.getByText(`Report ${(ids[1] ?? '').slice(0, 13)}`).waitFor();
    await picture(page, 'console-palette');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/reports/${ids[1] ?? ''}`));
  });

  test("a report goes into a bug tracker's own form, with what everybody may see", async () => {
    const { page } = visitor;
    await page.goto(`${vault.console}/reports/${ids[0] ?? ''}`);
    await page.getByRole('button', { name: 'Copy as Markdown, text or JSON' }).click();
    await page.getByRole('menuitem', { name: 'Into a bug…' }).click();
    await page.getByLabel('Address of the project').fill('https://code.example/team/app');
    const address = new URL((await page.getByRole('link', { name: 'Open the form' }).getAttribute('href')) ?? '');
    expect(address.origin + address.pathname).toBe('https://code.example/team/app/issues/new');
    expect(address.searchParams.get('body')).toContain(`${vault.console}/reports/${ids[0] ?? ''}`);
    await picture(page, 'console-bug');
    expect(await faultsOf(page)).toEqual([]);
  });

  test('no page wrote an error, and none asked another host for anything', () => {
    expect(visitor.errors).toEqual([]);
    expect([...visitor.hosts].sort()).toEqual([vault.console, vault.room].map((origin) => new URL(origin).host).sort());
  });
});
