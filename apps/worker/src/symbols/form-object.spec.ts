import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStore } from '@crashkeep/strict-store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DamagedForm, FORM_BLOCK_BYTES, openForm, storeForm } from './form-object.js';

const OWNER = '0b0f1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d';

let folder: string;
let objects: FileObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ck-forms-'));
  objects = await FileObjectStore.open(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test('a form is read as it was stored, by any ranges', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 * FORM_BLOCK_BYTES }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.double({ min: 0, max: 1, noNaN: true }), async (lengths, part) => {
      const pieces = lengths.map((length) => randomBytes(length));
      const form = Buffer.concat(pieces);
      const opened = await openForm(objects, await storeForm(objects, OWNER, pieces));
      expect(opened?.size).toBe(form.length);
      const from = Math.floor(part * form.length);
      expect(form.subarray(from).equals((await opened?.read(from, form.length - from)) ?? Buffer.alloc(0))).toBe(true);
      await expect(opened?.read(from, form.length - from + 1)).rejects.toThrow('object.out-of-range');
    }),
    { numRuns: 25 },
  );
});

test('of a form with one bit changed, the block is refused and the others are read', async () => {
  const form = randomBytes(2 * FORM_BLOCK_BYTES + 100);
  const key = await storeForm(objects, OWNER, [form]);
  const path = join(folder, key);
  const bytes = await readFile(path);
  const at = FORM_BLOCK_BYTES + 5;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const opened = await openForm(objects, key);
  await expect(opened?.read(at - 1, 1)).rejects.toThrow(DamagedForm);
  await expect(opened?.read(0, form.length)).rejects.toThrow(DamagedForm);
  expect((await opened?.read(10, 20))?.length).toBe(20);
});

test('another list of hashes, another length, another form under the key, and none are no form', async () => {
  const key = await storeForm(objects, OWNER, [randomBytes(1000)]);
  const path = join(folder, key);
  const bytes = await readFile(path);
  const last = bytes.length - 1;
  const changed = Buffer.from(bytes);
  changed[last] = (changed[last] ?? 0) ^ 1;
  const other = await readFile(join(folder, await storeForm(objects, OWNER, [randomBytes(1000)])));
  for (const forged of [changed, other, bytes.subarray(0, last), Buffer.alloc(0), Buffer.alloc(32)]) {
    await writeFile(path, forged);
    expect(await openForm(objects, key)).toBeNull();
  }
  await objects.delete(key);
  expect(await openForm(objects, key)).toBeNull();
});
