import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Visitor, launchChromium, newVisitor, picture } from './harness/browser.js';
import { chromiumNote, hasChromium } from './harness/chromium-crash.js';
import { sampleDump } from './harness/sample.js';
import { curlDump, untilWalked } from './harness/upload.js';
import { type Vault, startVault, throwAway } from './harness/vault.js';

const PASSWORD = 'four words are quite good';

let vault: Vault;
let browser: Browser;
let security: Visitor;
let engineer: Visitor;
let dump: Buffer;
let reportId = '';

beforeAll(async () => {
  if (!hasChromium) return;
  vault = await startVault();
  browser = await launchChromium();
  security = await newVisitor(browser);
  engineer = await newVisitor(browser);
  const file = join(vault.home, 'sample-of-this-test.dmp');
  dump = sampleDump();
  writeFileSync(file, dump);
  reportId = await curlDump(`${vault.ingest}/submit?token=${await vault.token('ingest')}`, file);
  await untilWalked(vault, await vault.token('read'), reportId);
});

afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await throwAway(vault);
});

async function signIn(page: Page, origin: string, login: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

const hexOf = (text: string): string => text.replaceAll(/[^0-9a-f]/g, '');

describe.skipIf(!hasChromium)(`two people and a dump, in Debian's Chromium${chromiumNote}`, () => {
  test('the first admin takes the link, enrols the root passkey, and invites an engineer on the console', async () => {
    const { page } = security;
    const link = /http:\/\/room\.localhost:\d+\/first-run#\S+/.exec(vault.printed())?.[0] ?? '';
    await page.goto(link);
    await picture(page, 'room-first-run');
    await page.getByLabel('Your name').fill('Security C');
    await page.getByLabel('Login').fill('security-c');
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name of the device or key').fill('Key 2, blue');
    await picture(page, 'room-first-passkey');
    await page.getByRole('button', { name: 'Enrol root passkey' }).click();
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await picture(page, 'room-people');
    await signIn(page, vault.console, 'security-c');
    await picture(page, 'console-groups');
    await page.goto(`${vault.console}/people`);
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Engineer A');
    await page.getByLabel('Login').fill('engineer-a');
    await page.getByText('Engineer', { exact: true }).click();
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    const invitation = await page.getByText(/\/invitation#/).textContent();
    await picture(page, 'console-people');
    await engineer.page.goto(invitation ?? '');
    await engineer.page.getByLabel('New password').fill(PASSWORD);
    await engineer.page.getByRole('button', { name: 'Accept and sign in' }).click();
    await engineer.page.waitForURL(/\/sign-in/);
  });

  test('the engineer finds the crash, reads its trace, and asks for the stack of the thread that crashed', async () => {
    const { page } = engineer;
    await signIn(page, vault.console, 'engineer-a');
    await page.getByRole('heading', { name: 'Top crashers' }).waitFor();
    await page.goto(`${vault.console}/reports/${reportId}`);
    await page.getByText('What was withheld, and why').waitFor();
    await picture(page, 'console-report');
    await page.getByRole('link', { name: 'Ask for this stack' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('Login').fill('engineer-a');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Ask for raw memory' }).waitFor();
    await page
      .getByLabel('What do you want to find out?')
      .fill('I need the slot index that was on the stack when it crashed.');
    await page.getByLabel('Ticket').fill('RELAY-4127');
    await picture(page, 'room-request');
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByText('Waits for security').first().waitFor();
    await picture(page, 'room-grant-mine');
    expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    // The address of the bytes without a grant that is open: refused, and not a byte.
    const grantId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const refused = await page.evaluate(
      async (path) => (await fetch(path)).status,
      `/api/v1/grants/${grantId}/bytes?address=0x1000&length=16`,
    );
    expect(refused).toBe(403);
  });

  test('security sees it with its context, makes it half an hour, and approves by passkey', async () => {
    const { page } = security;
    await page.goto(`${vault.room}/`);
    await page.getByRole('link', { name: /Stack of thread/ }).click();
    await page.getByText('What your passkey signs').waitFor();
    await page.getByText('I need the slot index').waitFor();
    await picture(page, 'room-approve');
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    await page.getByText('Security C approved').waitFor();
  });

  test('the engineer opens it and reads exactly those bytes; the budget falls', async () => {
    const { page } = engineer;
    await page.getByRole('button', { name: /^Open it for/ }).click();
    await page.getByRole('link', { name: 'Read the memory' }).click();
    const before = await page.getByTestId('bytes-left').textContent();
    await page
      .getByRole('button', { name: /^Read these/ })
      .first()
      .click();
    await page.locator('[role=gridcell]').first().waitFor();
    const shown = hexOf((await page.locator('[role=row] [role=gridcell]').allTextContents()).slice(0, 256).join(''));
    expect(shown.length).toBeGreaterThanOrEqual(64);
    expect(dump.toString('hex')).toContain(shown);
    await expect.poll(() => page.getByTestId('bytes-left').textContent()).not.toBe(before);
    await picture(page, 'room-viewer');
  });

  test('revoked, the next read is refused and shows nothing', async () => {
    await security.page.getByRole('button', { name: 'Revoke it' }).click();
    await security.page.getByText('Revoked').first().waitFor();
    const { page } = engineer;
    const grantId = new URL(page.url()).pathname.split('/').at(-2) ?? '';
    const answer = await page.evaluate(async (grant) => {
      const { ranges } = (await (await fetch(grant)).json()) as { ranges: { address: string }[] };
      const response = await fetch(`${grant}/bytes?address=${ranges[0]?.address ?? ''}&length=16`);
      return { status: response.status, body: (await response.json()) as unknown };
    }, `/api/v1/grants/${grantId}`);
    expect(answer).toMatchObject({ status: 403, body: { code: 'access.revoked' } });
    await page
      .getByText(/Revoked/)
      .first()
      .waitFor();
    await picture(page, 'room-viewer-revoked');
    await security.page.goto(`${vault.room}/audit`);
    await security.page.getByRole('cell', { name: 'grant.revoked' }).first().waitFor();
    await picture(security.page, 'room-audit');
  });

  test('a viewer sees list and report, and no way to ask', async () => {
    const admin = security.page;
    await admin.goto(`${vault.console}/people`);
    await admin.getByRole('button', { name: 'Invite someone' }).click();
    await admin.getByLabel('Name', { exact: true }).fill('Viewer B');
    await admin.getByLabel('Login').fill('viewer-b');
    await admin.getByRole('button', { name: 'Make the invitation' }).click();
    const invitation = await admin.getByText(/\/invitation#/).textContent();
    const viewer = await newVisitor(browser);
    await viewer.page.goto(invitation ?? '');
    await viewer.page.getByLabel('New password').fill(PASSWORD);
    await viewer.page.getByRole('button', { name: 'Accept and sign in' }).click();
    await viewer.page.waitForURL(/\/sign-in/);
    await signIn(viewer.page, vault.console, 'viewer-b');
    await viewer.page.goto(`${vault.console}/reports/${reportId}`);
    await viewer.page.getByText('What was withheld, and why').waitFor();
    expect(await viewer.page.getByRole('link', { name: 'Ask for this stack' }).count()).toBe(0);
    expect(viewer.errors).toEqual([]);
  });

  test('no page wrote an error, and none asked anyone but the vault', () => {
    for (const { errors, hosts } of [security, engineer]) {
      expect(errors).toEqual([]);
      expect([...hosts].filter((host) => !/^(?:room\.)?localhost:\d+$/.test(host))).toEqual([]);
    }
  });
});
