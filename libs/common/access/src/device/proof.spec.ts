import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { deviceThumbprint } from './device-key.js';
import { type DeviceKey, askHash, makeProof, newDeviceKey, verifyProof } from './proof.js';

const CLAIMS = { htm: 'GET', htu: 'http://room.localhost:8081/api/v1/grants/x/bytes', nonce: 'n' } as const;
let key: DeviceKey;

beforeAll(async () => {
  key = await newDeviceKey();
});

test('a proof says what it was made for, and by which key', async () => {
  const ask = await askHash([{ address: '0x1000', length: 16 }]);
  const proof = await verifyProof(await makeProof(key, { ...CLAIMS, ask }));
  expect(proof).toMatchObject({ ...CLAIMS, ask, jwk: key.jwk, device: await deviceThumbprint(key.jwk) });
  expect(await askHash([{ length: 16, address: '0x1000' }])).toBe(ask);
  expect(await askHash([{ address: '0x1000', length: 17 }])).not.toBe(ask);
});

test("RFC 7638's way of naming a key: known members, sorted, hashed", async () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) } as const;
  const { createHash } = await import('node:crypto');
  const text = `{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`;
  expect(await deviceThumbprint(jwk)).toBe(createHash('sha256').update(text).digest('base64url'));
});

test('a key made for a browser cannot be taken out of it', async () => {
  await expect(crypto.subtle.exportKey('jwk', (await newDeviceKey()).privateKey)).rejects.toThrow();
});

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (text = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;

describe('what is no proof', () => {
  const changed = async (head: object, body: object): Promise<string> => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    const [, claims] = (await makeProof(key, CLAIMS)).split('.');
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y }, ...head };
    const text = `${encoded(header)}.${encoded({ ...decoded(claims), ...body })}`;
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  };

  test('the way that the tests make one is right', async () => {
    expect((await verifyProof(await changed({}, {}))).nonce).toBe('n');
  });

  test.each<[string, object, object]>([
    ['alg none', { alg: 'none' }, {}],
    ['HS256 with the public key', { alg: 'HS256' }, {}],
    ['RS256', { alg: 'RS256' }, {}],
    ['another type', { typ: 'JWT' }, {}],
    ['no type', { typ: undefined }, {}],
    ['a jku', { jku: 'https://evil.example/keys' }, {}],
    ['an x5c', { x5c: ['AA'] }, {}],
    ['a crit', { crit: ['b64'] }, {}],
    [
      'a private key in the header',
      { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43), d: 'A' } },
      {},
    ],
    ['another curve', { jwk: { kty: 'EC', crv: 'P-384', x: 'A'.repeat(43), y: 'A'.repeat(43) } }, {}],
    ['another key than signed', { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }, {}],
    ['no nonce', {}, { nonce: undefined }],
    ['no jti', {}, { jti: undefined }],
    ['a short jti', {}, { jti: 'x' }],
    ['a claim that nobody knows', {}, { admin: true }],
  ])('%s', async (_what, head, body) => {
    await expect(verifyProof(await changed(head, body))).rejects.toThrow('access.proof-refused');
  });

  test('nothing, too little, too much, and ten megabytes', async () => {
    const proof = await makeProof(key, CLAIMS);
    const [head = '', body = '', signature = ''] = proof.split('.');
    const bad = ['', '.', '..', proof.slice(0, -1), `${proof}.`, `${proof}A`, ` ${proof}`, `${head}.${body}.`];
    bad.push(`${head}.${encoded({ ...decoded(body), nonce: 'm' })}.${signature}`, 'x'.repeat(10_000_000));
    for (const text of bad) await expect(verifyProof(text)).rejects.toThrow('access.proof-refused');
  });
});
