import { crc32 } from 'node:zlib';
import type { ProjectId } from '@crashkeep/ids';
import { testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { base62OfUint32 } from './base62.js';
import {
  type IdentityStore,
  TOKEN_CLASSES,
  type TokenClass,
  createApiToken,
  listApiTokens,
  newApiToken,
  openIdentityStore,
  parseApiToken,
  revokeApiToken,
  verifyApiToken,
} from './index.js';

describe('the text', () => {
  test.each(TOKEN_CLASSES)('of class %s is read back', (tokenClass) => {
    const { text, ...token } = newApiToken(tokenClass);
    expect(text).toMatch(/^ck[isr]_[0-9A-Za-z]{71}$/);
    expect(parseApiToken(text)).toEqual(token);
  });

  test('a change of any one character is found by the checksum, without a database', () => {
    const { text } = newApiToken('ingest');
    for (let at = 4; at < text.length; at += 1) {
      const other = text[at] === 'a' ? 'b' : 'a';
      expect(parseApiToken(text.slice(0, at) + other + text.slice(at + 1)), `place ${String(at)}`).toBeNull();
    }
  });

  test.each(['', 'cki_', 'ghp_0123456789', `cki_${'0'.repeat(71)}\n`, `cki_${'é'.repeat(71)}`, 'x'.repeat(100_000)])(
    'is none: %.20j',
    (text) => {
      expect(parseApiToken(text)).toBeNull();
    },
  );

  test('another prefix does not make it another class', () => {
    const { text } = newApiToken('ingest');
    expect(parseApiToken(text.replace('cki_', 'ckr_'))).toBeNull();
  });
});

describe('the rows', () => {
  const project = 'default' as ProjectId;
  let console: IdentityStore;
  let ingest: IdentityStore;

  beforeAll(async () => {
    const database = await testDatabase();
    console = openIdentityStore(database.urlFor('ck_lenient_api'));
    ingest = openIdentityStore(database.urlFor('ck_ingest'));
  });
  afterAll(() => Promise.all([console.close(), ingest.close()]));

  const make = (tokenClass: TokenClass): Promise<{ tokenId: string; text: string }> =>
    createApiToken(console.rows, { project, class: tokenClass, label: 'a crash handler', createdBy: null });

  test('ingest lets in what the console made', async () => {
    const { tokenId, text } = await make('ingest');
    expect(await verifyApiToken(ingest.rows, text, ['ingest', 'symbols'])).toEqual({
      tokenId,
      project,
      class: 'ingest',
    });
  });

  test('a class is accepted where it is meant to be and nowhere else', async () => {
    const texts = { ingest: await make('ingest'), symbols: await make('symbols'), read: await make('read') };
    expect(await verifyApiToken(ingest.rows, texts.ingest.text, ['symbols'])).toBeNull();
    expect(await verifyApiToken(console.rows, texts.ingest.text, ['read'])).toBeNull();
    expect(await verifyApiToken(console.rows, texts.read.text, ['read'])).not.toBeNull();
    // Row-level security: even a careless caller in ingest finds no row of class read.
    expect(await verifyApiToken(ingest.rows, texts.read.text, ['ingest', 'symbols', 'read'])).toBeNull();
  });

  test('the right public id with another secret is refused', async () => {
    const { text } = await make('ingest');
    const body = `${text.slice(0, 26)}${'0'.repeat(43)}`;
    const forged = body + base62OfUint32(crc32(body));
    expect(parseApiToken(forged)?.publicId).toBe(parseApiToken(text)?.publicId);
    expect(await verifyApiToken(ingest.rows, forged, ['ingest'])).toBeNull();
  });

  test('a revoked token is refused, and revoking twice says so', async () => {
    const { tokenId, text } = await make('ingest');
    expect(await revokeApiToken(console.rows, tokenId)).toBe(true);
    expect(await revokeApiToken(console.rows, tokenId)).toBe(false);
    expect(await verifyApiToken(ingest.rows, text, ['ingest'])).toBeNull();
  });

  test('its use shows in the list, its secret nowhere', async () => {
    const { tokenId, text } = await make('symbols');
    await verifyApiToken(ingest.rows, text, ['symbols']);
    const listed = (await listApiTokens(console.rows, [project])).find((token) => token.tokenId === tokenId);
    expect(listed?.lastUsedAt).toBeInstanceOf(Date);
    expect(JSON.stringify(listed)).not.toContain(text.slice(26));
    expect(listed).not.toHaveProperty('hash');
  });
});
