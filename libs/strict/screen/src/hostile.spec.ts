import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferSource, type ByteSource } from '@crashkeep/snapshot';
import { expect, test } from 'vitest';
import { screen, type ScreenResult } from './screen.js';

const MEGABYTE = 1024 * 1024;
/** What a job may hold beside its window and tables. */
const MOST_GROWTH = 256;

/** A file that is one pattern over and over, of which no more is held than is read. */
function repeated(pattern: Buffer, size: number): ByteSource {
  const held = Buffer.alloc(2 * MEGABYTE + pattern.length, pattern);
  const read = (offset: number, length: number) => {
    const from = offset % pattern.length;
    return Uint8Array.from(held.subarray(from, from + length));
  };
  return { size, read, prefetch: () => undefined };
}

/** The result, and by how much the process grew at most, in megabytes. */
function screened(source: ByteSource): { result: ScreenResult; growth: number } {
  const before = process.resourceUsage().maxRSS;
  const result = screen(source, [{ address: 0n, offset: 0, size: source.size }]);
  return { result, growth: (process.resourceUsage().maxRSS - before) / 1024 };
}

test('ten million heads of PEM: partial, and why', () => {
  const head = Buffer.from('-----BEGIN RSA PRIVATE KEY-----\n');
  const { result, growth } = screened(repeated(head, 10_000_000 * head.length));
  expect(result.status).toBe('partial');
  expect(result.skipped.map(({ detector, reason }) => `${detector} ${reason}`)).toContain('pem work-budget');
  expect(result.findings.filter(({ level }) => level >= 2)).toEqual([]);
  expect(growth).toBeLessThan(MOST_GROWTH);
}, 300_000);

test('a dump of nothing but numbers that may be primes or moduli: partial, and why', () => {
  const bytes = randomBytes(24 * MEGABYTE);
  // Chunks of 128 and 256 bytes: odd, with their top bits, behind a size.
  for (let at = 0; at + 416 <= bytes.length; at += 416) {
    for (const [start, length] of [
      [at + 16, 128],
      [at + 160, 256],
    ] as const) {
      bytes.fill(0, start - 16, start);
      bytes[start] = (bytes[start] ?? 0) | 1;
      bytes[start + length - 1] = (bytes[start + length - 1] ?? 0) | 0xc0;
    }
  }
  const { result, growth } = screened(new BufferSource(bytes));
  expect(result.status).toBe('partial');
  expect(result.skipped).toContainEqual(
    expect.objectContaining({ detector: 'rsa-numbers', reason: 'candidate-budget' }),
  );
  expect(growth).toBeLessThan(MOST_GROWTH);
}, 300_000);

test('pages of 30 82 hold nothing, and cost nothing', () => {
  const { result, growth } = screened(repeated(Buffer.from('3082', 'hex'), 256 * MEGABYTE));
  expect([result.status, result.findings]).toEqual(['complete', []]);
  expect(growth).toBeLessThan(MOST_GROWTH);
});

test('in four gigabytes one key across the edge of two segments is found, masked and reported', () => {
  const gigabyte = 1024 * MEGABYTE;
  const half = 2 * gigabyte;
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-sparse-'));
  const file = openSync(join(folder, 'dump'), 'w+');
  try {
    ftruncateSync(file, 2 * half);
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const der = key.export({ format: 'der', type: 'pkcs8' });
    const cut = 700;
    // The second segment comes first in the file; in the address space it follows the first.
    writeSync(file, der, 0, cut, 2 * half - cut);
    writeSync(file, der, cut, der.length - cut, 0);
    const held = Buffer.alloc(2 * MEGABYTE);
    const read = (offset: number, length: number) => {
      const bytes = length <= held.length ? held.subarray(0, length) : Buffer.alloc(length);
      readSync(file, bytes, 0, length, offset);
      return bytes;
    };
    const before = process.resourceUsage().maxRSS;
    const { status, findings, readBytes } = screen({ size: 2 * half, read, prefetch: () => undefined }, [
      { address: 0x7000_0000_0000n, offset: half, size: half },
      { address: 0x7000_0000_0000n + BigInt(half), offset: 0, size: half },
    ]);
    expect([status, readBytes]).toEqual(['complete', 2 * half]);
    const parts = findings.filter(({ kind }) => kind === 'rsa-private-key');
    const spki = createHash('sha256')
      .update(createPublicKey(key).export({ format: 'der', type: 'spki' }))
      .digest('hex');
    expect(new Set(parts.map(({ secret }) => secret)).size).toBe(1);
    expect(parts.every(({ public: part }) => part?.spki === spki)).toBe(true);
    // Every byte of it is masked: its end at the beginning of the file, its beginning at the end.
    expect(parts.map(({ mask }) => mask)).toEqual([
      { offset: 0, length: der.length - cut },
      { offset: 2 * half - cut, length: cut },
    ]);
    expect(parts.map(({ address }) => address)).toEqual([
      0x7000_0000_0000n + BigInt(half),
      0x7000_0000_0000n + BigInt(half - cut),
    ]);
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(MOST_GROWTH);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}, 600_000);
