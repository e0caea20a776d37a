import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileObjectStore } from './file-object-store.js';
import { objectKey } from './object-key.js';
import { objectStoreContract } from './object-store.contract.js';

const newRoot = () => mkdtemp(join(tmpdir(), 'crashkeep-objects-'));

objectStoreContract('files', async () => {
  const root = await newRoot();
  return {
    store: await FileObjectStore.open(join(root, 'dumps')),
    leftovers: async () => (await readdir(join(root, 'dumps', '.incoming'))).length,
    close: () => rm(root, { recursive: true }),
  };
});

describe('files', () => {
  let root = '';
  beforeEach(async () => {
    root = await newRoot();
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('sealed'));
  }

  test('belong to their owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const store = await FileObjectStore.open(join(root, 'dumps'));
      const key = objectKey(randomUUID(), 'payload');
      await store.put(key, bytes());
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const modes = await Promise.all(entries.map(async (e) => (await stat(join(e.parentPath, e.name))).mode & 0o777));
      expect(modes).toEqual(entries.map((entry) => (entry.isFile() ? 0o600 : 0o700)));
    } finally {
      process.umask(before);
    }
  });

  test('what a killed put left is swept at the next start, one that is at work is not', async () => {
    await FileObjectStore.open(root);
    const [old, fresh] = [join(root, '.incoming', 'old'), join(root, '.incoming', 'fresh')];
    await writeFile(old, 'x');
    await writeFile(fresh, 'x');
    const anHourAgo = new Date(Date.now() - 3600 * 1000);
    await utimes(old, anHourAgo, anHourAgo);
    await FileObjectStore.open(root);
    expect(await readdir(join(root, '.incoming'))).toEqual(['fresh']);
  });

  test('a folder that went away, or cannot be written, is a store that is away', async () => {
    const store = await FileObjectStore.open(join(root, 'dumps'));
    await rm(join(root, 'dumps'), { recursive: true });
    await expect(store.check()).rejects.toMatchObject({ code: 'object.store-away' });
    await expect(store.put(objectKey(randomUUID(), 'payload'), bytes())).rejects.toMatchObject({
      code: 'object.store-away',
    });
    await writeFile(join(root, 'dumps'), 'a file in its place');
    await chmod(join(root, 'dumps'), 0o600);
    await expect(FileObjectStore.open(join(root, 'dumps'))).rejects.toMatchObject({ code: 'object.store-away' });
  });
});
