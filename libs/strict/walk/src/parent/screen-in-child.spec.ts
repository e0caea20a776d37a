import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { sampleBuilder } from '@crashkeep/synth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BufferRangeSource } from '../spec-kit/buffer-range-source.js';
import { requireCompiledChild } from '../spec-kit/compiled-child.js';
import { answering, runnerOfHostileChildren } from '../spec-kit/hostile-child.js';
import { WalkRunner } from './walk-runner.js';

let runner: WalkRunner;
beforeAll(() => {
  requireCompiledChild();
  runner = new WalkRunner();
});
afterAll(() => {
  runner.close();
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const jwk = privateKey.export({ format: 'jwk' });
const limbs = (part: string | undefined): Buffer => Buffer.from(part ?? '', 'base64url').reverse();
/** A number as an allocator keeps it: its chunk's size before it, nothing behind it. */
function chunk(content: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(content.length + 17, 8);
  return Buffer.concat([header, content, new Uint8Array(32)]);
}
const spki = createHash('sha256')
  .update(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
  .digest('hex');
const screen = (bytes: Uint8Array, options: { isDump?: boolean; milliseconds?: number } = {}) =>
  runner.screen({
    ...{ source: new BufferRangeSource(bytes), project: 'p', isDump: options.isDump ?? true },
    milliseconds: options.milliseconds ?? 60_000,
  });

test('a key across the edge of two regions that lie apart in the file masks its piece in each', async () => {
  const p = limbs(jwk.p);
  const both = Buffer.concat([Buffer.alloc(4096 - 48), chunk(p), chunk(limbs(jwk.n)), Buffer.alloc(4096)]);
  const near = both.subarray(0, 4096);
  const far = both.subarray(4096, 8192);
  const at = 0x7f0000010000n;
  const dump = sampleBuilder()
    .memory(at + 4096n, far)
    .memory(0x7f0000000000n, randomBytes(512))
    .memory(at, near)
    .bytes();
  const { status, secrets, sightings } = await screen(dump);
  expect(status).toBe('complete');
  expect(secrets).toContainEqual(
    expect.objectContaining({ kind: 'rsa-private-key', level: 4, severity: 'critical', spki }),
  );
  // A sighting for each piece: together they mask the whole prime.
  const file = Buffer.from(dump);
  const masks = (piece: Uint8Array) => {
    const from = file.indexOf(piece);
    return sightings.some(({ ranges }) =>
      ranges.some(([offset, length]) => from >= 0 && offset <= from && offset + length >= from + piece.length),
    );
  };
  expect([masks(p.subarray(0, 32)), masks(p.subarray(32))]).toEqual([true, true]);
});

test('what comes beside a dump is searched as it lies, and a digest names a secret', async () => {
  const pem = Buffer.from(`# key\n${privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()}`);
  const [once, again] = await Promise.all([screen(pem, { isDump: false }), screen(pem, { isDump: false })]);
  expect(once.secrets[0]).toMatchObject({ spki });
  expect(once.secrets[0]?.digest).toMatch(/^[0-9a-f]{32}$/);
  expect(again.secrets[0]?.digest).toBe(once.secrets[0]?.digest);
  expect(JSON.stringify(once)).not.toContain(jwk.p);
});

test('a dump that is larger than what a child keeps is read to its end', async () => {
  const bytes = Buffer.alloc(70 * 2 ** 20, randomBytes(4096));
  Buffer.concat([chunk(limbs(jwk.p)), chunk(limbs(jwk.n))]).copy(bytes, bytes.length - 512);
  const { secrets, readBytes, status } = await screen(bytes);
  expect(secrets).toContainEqual(expect.objectContaining({ spki }));
  expect({ readBytes, status }).toEqual({ readBytes: bytes.length, status: 'complete' });
}, 120_000);

const GOOD = {
  ...{ status: 'complete', detectors: 1, skipped: [], unsearched: [], claimedBytes: 1, readBytes: 1, constantBytes: 0 },
  secrets: [{ kind: 'k', level: 2, severity: 'high', digest: null, spki: null, ssh: null }],
  sightings: [{ secret: 0, offset: 0, length: 1, address: null, detector: 'pem@1', ranges: [[0, 1]] }],
};
const [SECRET] = GOOD.secrets;
const [SIGHTING] = GOOD.sightings;

test.for<[string, object]>([
  ['a value', { ...GOOD, secrets: [{ ...SECRET, value: 'hunter2' }] }],
  ['a snippet', { ...GOOD, sightings: [{ ...SIGHTING, context: 'password=' }] }],
  ['a kind with more than a name', { ...GOOD, secrets: [{ ...SECRET, kind: 'PASSWORD: hunter2' }] }],
  ['a place behind the file', { ...GOOD, sightings: [{ ...SIGHTING, ranges: [[999, 2]] }] }],
  ['a sighting of nothing', { ...GOOD, sightings: [{ ...SIGHTING, secret: 1 }] }],
  ['a sighting that masks nothing', { ...GOOD, sightings: [{ ...SIGHTING, ranges: [] }] }],
])('an answer with %s is none', async ([, answer]) => {
  const { runner: hostile, close } = runnerOfHostileChildren(answering(answer));
  const source = new BufferRangeSource(new Uint8Array(1000));
  await expect(hostile.screen({ source, project: 'p', isDump: true, milliseconds: 20_000 })).rejects.toMatchObject({
    code: 'walk.bad-answer',
  });
  close();
});

test('a child that does not end is killed at its time', async () => {
  const { runner: hostile, close } = runnerOfHostileChildren('for (;;);');
  const source = new BufferRangeSource(new Uint8Array(1000));
  await expect(hostile.screen({ source, project: 'p', isDump: true, milliseconds: 500 })).rejects.toMatchObject({
    code: 'walk.timeout',
  });
  close();
});
