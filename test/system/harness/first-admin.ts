import type { Page } from 'playwright-core';
import type { Vault } from './vault.js';

export const PASSWORD = 'four words are quite good';

/** The first admin takes the printed link, enrols the root passkey, and signs in on the console. */
export async function firstAdmin(page: Page, vault: Vault): Promise<void> {
  const link = /http:\/\/room\.localhost:\d+\/first-run#\S+/.exec(vault.printed())?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('Your name').fill('Security C');
  await page.getByLabel('Login').fill('security-c');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name of the device or key').fill('Key 2, blue');
  await page.getByRole('button', { name: 'Enrol root passkey' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await page.goto(`${vault.console}/sign-in`);
  await page.getByLabel('Login').fill('security-c');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Top crashers' }).waitFor();
}
