import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { BufferSource } from '@crashkeep/snapshot';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandFrom, swapBytes } from './aes/key-schedule.js';
import type { ScreenRegion } from './frame/region-run.js';
import { bytesOf } from './keys/big.js';
import { screen, type ScreenOptions } from './screen.js';
import { wide } from './text/text-window.js';

/** Things in a heap: each after a glibc header, sixteen bytes apart. */
function heap(...contents: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    contents.flatMap((content) => {
      const header = Buffer.alloc(16);
      header.writeUInt32LE(content.length + 17, 8);
      return [header, content, new Uint8Array(32 - (content.length % 16))];
    }),
  );
}

function screenBytes(bytes: Uint8Array, options: ScreenOptions = {}, regions?: readonly ScreenRegion[]) {
  return screen(new BufferSource(bytes), regions ?? [{ address: 0x1000n, offset: 0, size: bytes.length }], options);
}

function numbersOf(key: KeyObject): Record<'n' | 'p' | 'q' | 'd' | 'dp' | 'dq', Buffer> {
  const jwk = key.export({ format: 'jwk' });
  const part = (name: 'n' | 'p' | 'q' | 'd' | 'dp' | 'dq') => Buffer.from(jwk[name] ?? '', 'base64url');
  return { n: part('n'), p: part('p'), q: part('q'), d: part('d'), dp: part('dp'), dq: part('dq') };
}

const little = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes).reverse();
const spkiOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(createPublicKey(key).export({ format: 'der', type: 'spki' }))
    .digest('hex');
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const opensPem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();

const { n, p, q, d, dp } = numbersOf(rsa);
const pkcs1 = rsa.export({ format: 'der', type: 'pkcs1' });
const pkcs8 = rsa.export({ format: 'der', type: 'pkcs8' });

describe('an RSA key is found, and named by its public half, as', () => {
  const forms: Readonly<Record<string, Uint8Array>> = {
    'limbs of p beside limbs of n': heap(little(p), little(n)),
    'both primes and n, most significant byte first': heap(p, q, n),
    'PKCS#1': heap(pkcs1),
    'PKCS#8 at an odd place': Buffer.concat([Buffer.from('odd'), pkcs8]),
    'PKCS#1 whose first 16 bytes an allocator took': heap(Buffer.concat([randomBytes(16), pkcs1.subarray(16)])),
    PEM: Buffer.from(`key: ${opensPem(rsa)}`),
    'PEM in JSON': Buffer.from(JSON.stringify({ private_key: opensPem(rsa) })),
    'PEM in UTF-16 at an odd place': Buffer.concat([Buffer.from('x'), wide(Buffer.from(opensPem(rsa)))]),
    'PEM without its last lines': Buffer.from(opensPem(rsa).slice(0, 620)),
    'base64 without its PEM head': Buffer.from(pkcs8.toString('base64')),
    JWK: Buffer.from(JSON.stringify(rsa.export({ format: 'jwk' }))),
    'JWK with spaces, in UTF-16': wide(Buffer.from(JSON.stringify(rsa.export({ format: 'jwk' }), null, 2))),
  };
  test.each(Object.entries(forms))('%s', (_, bytes) => {
    const result = screenBytes(Buffer.concat([new Uint8Array(64), bytes, new Uint8Array(64)]));
    expect(result.status).toBe('complete');
    const found = result.findings.filter(({ kind }) => kind === 'rsa-private-key');
    expect(found.map((finding) => finding.public?.spki)).toContain(spkiOf(rsa));
    expect(found.every(({ level }) => level === 4)).toBe(true);
  });
});

test('a prime without its modulus is proved by its exponent', () => {
  const kinds = screenBytes(heap(little(p), little(dp))).findings.map(({ kind, public: part }) => [kind, part]);
  expect(kinds).toContainEqual(['rsa-private-key', null]);
});

test('curve keys are found by scalar and point, whatever the form of the point', () => {
  const jwk = ec.export({ format: 'jwk' });
  const [scalar, x] = [jwk.d, jwk.x].map((text) => Buffer.from(text ?? '', 'base64url'));
  const okp = ed.export({ format: 'jwk' });
  const [seed, point] = [okp.d, okp.x].map((text) => Buffer.from(text ?? '', 'base64url'));
  if (!scalar || !x || !seed || !point) throw new Error('no key');
  const { findings } = screenBytes(heap(little(scalar), x, seed, Buffer.concat([Buffer.from('odd'), point])));
  expect(findings.map((finding) => finding.public?.spki)).toEqual(expect.arrayContaining([spkiOf(ec), spkiOf(ed)]));
});

describe('AES schedules', () => {
  const schedule = (key: Uint8Array, nk: 4 | 6 | 8) => expandFrom(nk, new Int32Array(Uint8Array.from(key).buffer), 0);
  test.each([4, 6, 8] as const)('of %i words are found in both byte orders, and without their head', (nk) => {
    const [first, second, third] = [0, 1, 2].map(() => randomBytes(4 * nk));
    if (!first || !second || !third) throw new Error('no key');
    const damaged = new Uint8Array(schedule(third, nk).buffer);
    damaged.fill(0x5a, 0, 4 * nk);
    const bytes = heap(
      new Uint8Array(schedule(first, nk).buffer),
      new Uint8Array(schedule(second, nk).map(swapBytes).buffer),
      damaged,
    );
    const found = screenBytes(bytes).findings.filter(({ kind }) => kind === `aes-${32 * nk}-schedule`);
    expect(new Set(found.map(({ secret }) => secret)).size).toBe(3);
  });

  test('the keys of standards are not reported', () => {
    const fixed = Uint8Array.from({ length: 32 }, (_, i) => i);
    expect(screenBytes(heap(new Uint8Array(schedule(fixed, 8).buffer))).findings).toEqual([]);
  });
});

test('the private key of an RFC is not reported', () => {
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  };
  expect(screenBytes(Buffer.from(JSON.stringify(jwk))).findings).toEqual([]);
});

test('every copy of every part is a sighting of the same secret', () => {
  const bytes = heap(
    little(p),
    little(n),
    d,
    Buffer.from(q.toString('hex')),
    wide(Buffer.from(q.toString('base64'))),
    p,
  );
  const { findings } = screenBytes(bytes);
  expect(new Set(findings.map(({ secret }) => secret)).size).toBe(1);
  const covered = findings.reduce((sum, { length }) => sum + length, 0);
  expect(covered).toBeGreaterThanOrEqual(2 * p.length + d.length + 2 * q.length + 2 * 84);
});

test('a finding holds no byte of the secret, no prefix and no neighbour', () => {
  const bytes = heap(little(p), little(n), Buffer.from(`ghp_${'a'.repeat(36)} ${opensPem(rsa)}`));
  const text = JSON.stringify(screenBytes(bytes).findings, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString(16) : value,
  );
  for (const secret of [p, q, d]) {
    for (let at = 0; at + 6 <= secret.length; at += 6) {
      const piece = secret.subarray(at, at + 6);
      for (const form of [
        piece.toString('hex'),
        piece.toString('base64'),
        Buffer.from(little(piece)).toString('hex'),
      ]) {
        expect(text).not.toContain(form);
      }
    }
  }
  expect(text).not.toContain('BEGIN');
});

test('random bytes hold nothing', () => {
  const { status, findings } = screenBytes(randomBytes(300_000));
  expect([status, findings]).toEqual(['complete', []]);
});

test('a key across any edge of windows and regions is found', () => {
  const filler = (length: number) => Buffer.alloc(length, 0x11);
  const content = heap(little(p), little(n));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: content.length - 1 }), (before, cut) => {
      const start = 16 * before;
      const bytes = Buffer.concat([filler(start), content, filler(90_000)]);
      const edge = start + cut;
      // The second half comes first in the file; in the address space it follows.
      const file = Buffer.concat([bytes.subarray(edge), bytes.subarray(0, edge)]);
      const second = bytes.length - edge;
      const regions = [
        { address: 0x7000_0000n, offset: second, size: edge },
        { address: 0x7000_0000n + BigInt(edge), offset: 0, size: second },
      ];
      const { findings } = screenBytes(file, { windowBytes: 4096 }, regions);
      expect(findings.map((finding) => finding.public?.spki)).toContain(spkiOf(rsa));
    }),
    { numRuns: 8 },
  );
});

describe('hostile regions end within budget, and say so', () => {
  const zeros = new BufferSource(new Uint8Array(4096));
  test('a region that lies about its length', () => {
    const result = screen(zeros, [{ address: 0n, offset: 0, size: 2 ** 50 }]);
    expect(result.status).toBe('partial');
    expect(result.skipped).toContainEqual({ detector: 'frame', reason: 'beyond-file', count: 2 ** 50 - 4096 });
  });

  test('the same bytes claimed many times', () => {
    const regions = Array.from({ length: 64 }, (_, i) => ({ address: BigInt(i * 8192), offset: 0, size: 4096 }));
    const result = screen(zeros, regions, { mostBytes: 40_960 });
    expect([result.status, result.readBytes]).toEqual(['partial', 40_960]);
  });

  test.each([
    ['heads of sequences', Buffer.alloc(400_000, Buffer.from('3082'))],
    ['heads of keys', Buffer.alloc(400_000, '-----BEGIN RSA PRIVATE KEY-----\n')],
    ['members of JSON keys', Buffer.alloc(200_000, '{"d":"')],
    ['versions and integers', Buffer.alloc(200_000, Buffer.from('0201000281', 'hex'))],
    ['backslashes', Buffer.alloc(200_000, '-----BEGIN PRIVATE KEY-----\\\\')],
  ])('%s and nothing else', (_, bytes) => {
    const { status, findings } = screenBytes(bytes);
    expect(status).not.toBe('failed');
    expect(findings.filter(({ level }) => level >= 2)).toEqual([]);
  });
});

test('fingerprints are keyed, and equal for equal secrets', () => {
  const bytes = heap(little(p), little(n));
  const fingerprintKey = randomBytes(32);
  const prints = (options: ScreenOptions) =>
    new Set(screenBytes(bytes, options).findings.map(({ fingerprint }) => fingerprint));
  expect(prints({})).toEqual(new Set([null]));
  expect(prints({ fingerprintKey })).toEqual(prints({ fingerprintKey }));
  expect(prints({ fingerprintKey })).not.toEqual(prints({ fingerprintKey: randomBytes(32) }));
});

test('a number is written in whole bytes', () => {
  expect(bytesOf(0x1ffn)).toEqual(Buffer.of(1, 255));
});
