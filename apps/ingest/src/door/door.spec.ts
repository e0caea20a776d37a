import type { IncomingMessage } from 'node:http';
import { ProjectIdText } from '@crashkeep/ids';
import { describe, expect, test } from 'vitest';
import { credentialOf } from './credentials.js';
import { TokenGate } from './token-gate.js';

const request = (url: string, headers: Record<string, string> = {}) => ({ url, headers }) as unknown as IncomingMessage;
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the one token of a request', () => {
  test.each<[string, string | null, string, Record<string, string>, string | null]>([
    ['in the query', null, '/submit?token=T', {}, 'T'],
    ["as Sentry's key", null, '/api/1/minidump/?sentry_client=x&sentry_key=T', {}, 'T'],
    ["as Breakpad's key", null, '/v1/uploads:create?key=T', {}, 'T'],
    ['in the path', 'T', '/submit/T', {}, 'T'],
    ['as Bearer', null, '/submit', { authorization: 'Bearer T' }, 'T'],
    ['as bearer, in lower case', null, '/submit', { authorization: 'bearer  T ' }, 'T'],
    ['as user', null, '/submit', { authorization: basic('T:') }, 'T'],
    ['as user with a password', null, '/submit', { authorization: basic('T:x:y') }, 'T'],
    ['as Sentry', null, '/submit', { authorization: 'Sentry sentry_key=T, sentry_version=7' }, 'T'],
    [
      'in X-Sentry-Auth',
      null,
      '/submit',
      { 'x-sentry-auth': 'Sentry sentry_version=7,sentry_key=T,sentry_client=x' },
      'T',
    ],
    ['nowhere', null, '/submit', {}, null],
    ['empty', null, '/submit?token=', { authorization: 'Bearer ' }, null],
    ['of another scheme', null, '/submit', { authorization: 'Digest T' }, null],
    ['twice in the query', null, '/submit?token=T&token=T', {}, null],
    ['in path and query', 'T', '/submit/T?token=T', {}, null],
    ['in query and header', null, '/submit?sentry_key=T', { authorization: 'Bearer T' }, null],
    ['too long', null, `/submit?token=${'T'.repeat(201)}`, {}, null],
  ])('%s', (_where, pathToken, url, headers, token) => {
    expect(credentialOf(request(url, headers), pathToken)).toBe(token);
  });
});

describe('the gate', () => {
  const holder = { tokenId: 'id', project: ProjectIdText.parse('default'), class: 'ingest' } as const;

  test('asks once in a few seconds, for each class apart, and then again', async () => {
    let now = 0;
    const asked: string[] = [];
    const verify = (text: string, [wanted]: readonly string[]) => {
      asked.push(`${text} ${wanted ?? ''}`);
      return Promise.resolve(wanted === 'ingest' && text === 'T' ? holder : null);
    };
    const gate = new TokenGate(verify, () => now);
    expect(await gate.holderOf('T', 'ingest')).toEqual(holder);
    expect(await gate.holderOf('T', 'ingest')).toEqual(holder);
    expect(await gate.holderOf('T', 'symbols')).toBeNull();
    expect(await gate.holderOf('U', 'ingest')).toBeNull();
    expect(await gate.holderOf('U', 'ingest')).toBeNull();
    expect(asked).toEqual(['T ingest', 'T symbols', 'U ingest']);
    now = 5_000;
    await gate.holderOf('T', 'ingest');
    expect(asked).toHaveLength(4);
  });

  test('believes nothing where the database is away', async () => {
    let away = true;
    const gate = new TokenGate(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(holder)));
    await expect(gate.holderOf('T', 'ingest')).rejects.toThrow('away');
    away = false;
    expect(await gate.holderOf('T', 'ingest')).toEqual(holder);
  });
});
