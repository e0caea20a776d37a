import { expect, test } from 'vitest';
import { patiently } from './patiently.js';
import { reasonOf } from './reason-of.js';
import { AwayError, type VaultAnswer } from './send-body.js';

const answer = (status: number): VaultAnswer => ({ status, text: '', retryAfter: null });
const WAITS = [1, 1];

/** Each try meets the next of these. */
async function tried(outcomes: readonly (number | 'away')[]): Promise<{ status: number | null; tries: number }> {
  let tries = 0;
  const send = (): Promise<VaultAnswer> => {
    const outcome = outcomes[tries++] ?? 'away';
    return outcome === 'away' ? Promise.reject(new AwayError('vault.away')) : Promise.resolve(answer(outcome));
  };
  const last = await patiently(send, () => undefined, WAITS);
  return { status: last?.status ?? null, tries };
}

test('tries again while the vault is away or asks to come later, and no longer', async () => {
  expect(await tried(['away', 503, 200])).toEqual({ status: 200, tries: 3 });
  expect(await tried([429, 'away', 500, 200])).toEqual({ status: 500, tries: 3 });
  expect(await tried(['away', 'away', 'away'])).toEqual({ status: null, tries: 3 });
});

test.each([200, 400, 401, 409, 413])('%d is an answer', async (status) => {
  expect(await tried([status, 200])).toEqual({ status, tries: 1 });
});

test('what a sender broke is no reason to try again', async () => {
  const send = (): Promise<VaultAnswer> => Promise.reject(new Error('ENOENT'));
  await expect(patiently(send, () => undefined, WAITS)).rejects.toThrow('ENOENT');
});

test('the reason is what the vault says, and steers no terminal', () => {
  const text = JSON.stringify({ title: 'Too large.\u001b[2J', code: 'ingest.too-large' });
  expect(reasonOf({ ...answer(413), text })).toBe('Too large.?[2J (ingest.too-large)');
  expect(reasonOf({ ...answer(400), text: 'Discarded=malformed_no_dump\n' })).toBe('Discarded=malformed_no_dump');
  expect(reasonOf(answer(502))).toBe('HTTP status 502');
  expect(reasonOf(null)).toBe('the vault cannot be reached');
});
