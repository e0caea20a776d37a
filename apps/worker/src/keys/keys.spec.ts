import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExtractionKeyFiles } from './extraction-key-files.js';
import { goKeyRound } from './key-rounds.js';

let folder: string;
let keys: ExtractionKeyFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ck-keys-'));
  keys = await ExtractionKeyFiles.open(join(folder, 'extraction'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const NOON = new Date('2026-11-24T12:00:00Z');
const nothingSealed = (): Promise<number> => Promise.resolve(0);
const somethingSealed = (): Promise<number> => Promise.resolve(1);

test('today’s and tomorrow’s identity are there, private, with their recipients for the keeper', async () => {
  await goKeyRound(keys, NOON, nothingSealed);
  expect(await keys.days()).toEqual(['2026-11-24', '2026-11-25']);
  const recipient = (await readFile(join(folder, 'extraction', '2026-11-25.recipient'), 'utf8')).trim();
  expect((await keys.identityOf('2026-11-25'))?.recipient).toBe(recipient);
  const key = join(folder, 'extraction', '2026-11-25.key');
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  expect(await readFile(key, 'utf8')).toMatch(/^AGE-SECRET-KEY-1/);
  expect((await stat(join(folder, 'extraction'))).mode & 0o777).toBe(0o700);
});

test('workers that start at once share one identity', async () => {
  const workers = await Promise.all(
    Array.from({ length: 8 }, () => ExtractionKeyFiles.open(join(folder, 'extraction'))),
  );
  await Promise.all(workers.map((worker) => worker.provide('2026-11-24')));
  const recipients = await Promise.all(
    workers.map(async (worker) => (await worker.identityOf('2026-11-24'))?.recipient),
  );
  expect(new Set(recipients).size).toBe(1);
  expect(await readdir(join(folder, 'extraction'))).toHaveLength(2);
});

test.for([
  ['the next day, once nothing is sealed to it', '2026-11-25T00:00:01Z', nothingSealed, true],
  ['not the next day while something is', '2026-11-25T23:59:59Z', somethingSealed, false],
  ['48 hours after its day began, whatever is sealed to it', '2026-11-26T00:00:00Z', somethingSealed, true],
  ['not on its own day', '2026-11-24T23:59:59Z', nothingSealed, false],
] as const)('an identity is destroyed: %s', async ([, time, countOpenable, isGone]) => {
  await keys.provide('2026-11-24');
  const destroyed = await goKeyRound(keys, new Date(time), countOpenable);
  expect(destroyed).toEqual(isGone ? ['2026-11-24'] : []);
  expect((await keys.identityOf('2026-11-24')) === null).toBe(isGone);
  const left = (await readdir(join(folder, 'extraction'))).filter((name) => name.startsWith('2026-11-24'));
  expect(left).toHaveLength(isGone ? 0 : 2);
});

test('a day is no path', async () => {
  await expect(keys.identityOf('../../etc/passwd')).rejects.toThrow('worker.malformed-day');
  await expect(keys.destroy('..')).rejects.toThrow('worker.malformed-day');
});
