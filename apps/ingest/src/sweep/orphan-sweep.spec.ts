import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStore } from '@crashkeep/strict-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepOrphans } from './orphan-sweep.js';

let folder: string;
let objects: FileObjectStore;
let warned: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crashkeep-sweep-'));
  objects = await FileObjectStore.open(folder);
  warned = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const log = { info: () => undefined, warn: (event: string) => void warned.push(event), error: () => undefined };

async function put(key: string, daysAgo: number): Promise<void> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('sealed'));
  }
  await objects.put(key, bytes());
  const time = new Date(Date.now() - daysAgo * 24 * 3600 * 1000);
  await utimes(join(folder, key), time, time);
}

async function keys(): Promise<string[]> {
  const found = [];
  for await (const { key } of objects.list()) found.push(key);
  return found.sort();
}

const yesterday = () => new Date(Date.now() - 24 * 3600 * 1000);
const sweep = (known: readonly string[]) =>
  sweepOrphans({
    objects,
    orphansAmong: (all) => Promise.resolve(all.filter((key) => !known.includes(key))),
    before: yesterday(),
    log,
  });

test('old objects without a row go, young ones and those with a row stay', async () => {
  await put('aa/orphan', 2);
  await put('aa/young', 0.5);
  await put('aa/known', 2);
  const left = join(folder, '.incoming/left');
  await writeFile(left, 'x');
  await utimes(left, new Date(0), new Date(0));
  expect(await sweep(['aa/known'])).toBe(1);
  expect(await keys()).toEqual(['aa/known', 'aa/young']);
  await expect(rm(left)).rejects.toThrow('ENOENT');
});

test('where the rows are not those of these objects, none goes and a line says so', async () => {
  for (let n = 0; n < 110; n++) await put(`aa/object${String(n)}`, 2);
  expect(await sweep([])).toBe(0);
  expect(warned).toEqual(['objects.too-many-orphans']);
  expect(await keys()).toHaveLength(110);
});

test('where the database is away, none goes', async () => {
  await put('aa/orphan', 2);
  const away = () => Promise.reject(new Error('away'));
  await expect(sweepOrphans({ objects, orphansAmong: away, before: yesterday(), log })).rejects.toThrow('away');
  expect(await keys()).toEqual(['aa/orphan']);
});
