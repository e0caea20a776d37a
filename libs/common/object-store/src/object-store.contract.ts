import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectKey } from './object-key.js';
import { type ObjectStore, ObjectStoreError, type ObjectStoreErrorCode } from './object-store.js';

/** A store under test, and what only its own kind can tell about it. */
export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** What lies there of the key besides a finished object: temporary files, parts of uploads. */
  readonly leftovers: (key: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

const MIB = 1024 * 1024;
const newKey = () => objectKey(randomUUID(), 'payload');

async function* piecesOf(bytes: Buffer, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  await Promise.resolve();
}

class CutConnection extends Error {}

async function* cutAfter(bytes: number): AsyncGenerator<Uint8Array> {
  yield* piecesOf(randomBytes(bytes));
  throw new CutConnection('cut');
}

async function codeOf(act: Promise<unknown>): Promise<ObjectStoreErrorCode | 'none' | 'foreign'> {
  return act.then(
    () => 'none' as const,
    (error: unknown) => (error instanceof ObjectStoreError ? error.code : 'foreign'),
  );
}

/** Opened before the first test; tests reach it through this. */
type Opened = () => StoreUnderTest;

/** What every object store does, whatever is below it. */
export function objectStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let under: StoreUnderTest | null = null;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => {
      await under?.close();
    });
    const opened: Opened = () => {
      if (!under) throw new Error('not opened');
      return under;
    };
    keepsWhatItTakes(opened);
    forgets(opened);
    refusesHalves(opened);
    refusesKeys(opened);
  });
}

function keepsWhatItTakes(opened: Opened): void {
  test.each([0, 1, 65_536, 5 * MIB, 5 * MIB + 1, 11 * MIB + 7])('gives back %i streamed bytes', async (length) => {
    const { store } = opened();
    const [key, bytes] = [newKey(), randomBytes(length)];
    expect(await store.put(key, piecesOf(bytes))).toEqual({ bytes: length });
    expect(await store.size(key)).toBe(length);
    expect((await store.read(key, 0, length)).equals(bytes)).toBe(true);
    expect(await opened().leftovers(key)).toBe(0);
  });

  test('gives exactly the range that is asked for, and no range beyond the end', async () => {
    const { store } = opened();
    const [key, bytes] = [newKey(), randomBytes(6 * MIB)];
    await store.put(key, piecesOf(bytes));
    for (const [offset, length] of [
      [0, 1],
      [5 * MIB - 3, 7],
      [6 * MIB - 1, 1],
      [17, 2 * MIB],
      [6 * MIB, 0],
    ] as const) {
      expect((await store.read(key, offset, length)).equals(bytes.subarray(offset, offset + length))).toBe(true);
    }
    for (const [offset, length] of [
      [0, 6 * MIB + 1],
      [6 * MIB, 1],
      [6 * MIB + 1, 0],
      [-1, 1],
      [0, -1],
      [0.5, 1],
    ] as const) {
      expect(await codeOf(store.read(key, offset, length))).toBe('object.out-of-range');
    }
  });

  test('many at once', async () => {
    const { store } = opened();
    const keys = Array.from({ length: 20 }, newKey);
    await Promise.all(keys.map((key, n) => store.put(key, piecesOf(Buffer.alloc(100_000, n)))));
    const read = await Promise.all(keys.map((key) => store.read(key, 99_999, 1)));
    expect(read.map((byte) => byte[0])).toEqual(keys.map((_, n) => n));
  });

  test('lists what it holds', async () => {
    const { store } = opened();
    // More than one page of whatever lists them, in one folder and in many.
    const crowded = Array.from({ length: 70 }, (_, n) => objectKey('aa', `crowded${String(n)}`));
    const keys = [...crowded, ...Array.from({ length: 70 }, newKey)];
    for (const key of keys) await store.put(key, piecesOf(Buffer.from('listed')));
    const all = [];
    for await (const object of store.list()) all.push(object);
    const found = all.filter(({ key }) => keys.includes(key));
    expect(found.map(({ key }) => key).sort()).toEqual(keys.sort());
    expect(found.every(({ bytes }) => bytes === 6)).toBe(true);
    expect(Math.abs((found[0]?.modifiedAt.getTime() ?? 0) - Date.now())).toBeLessThan(24 * 3600 * 1000);
  });
}

function forgets(opened: Opened): void {
  test('what is missing is said to be', async () => {
    const { store } = opened();
    const key = newKey();
    expect(await store.size(key)).toBeNull();
    expect(await codeOf(store.read(key, 0, 1))).toBe('object.missing');
    expect(await codeOf(store.read(key, 0, 0))).toBe('object.missing');
    expect(await codeOf(store.delete(key))).toBe('none');
  });

  test('what is deleted is gone, and its neighbour is not', async () => {
    const { store } = opened();
    const id = randomUUID();
    const [key, neighbour] = [objectKey(id, 'payload'), objectKey(id, 'part')];
    await store.put(key, piecesOf(Buffer.from('one')));
    await store.put(neighbour, piecesOf(Buffer.from('two')));
    await store.delete(key);
    expect(await store.size(key)).toBeNull();
    expect((await store.read(neighbour, 0, 3)).toString()).toBe('two');
  });

  test('is there, and a sweep of the past takes no object', async () => {
    const { store } = opened();
    const key = newKey();
    await store.put(key, piecesOf(Buffer.from('kept')));
    expect(await codeOf(store.check())).toBe('none');
    await store.sweep(new Date(Date.now() - 1000));
    expect(await store.size(key)).toBe(4);
  });
}

function refusesHalves(opened: Opened): void {
  test.each([0, 70_000, 5 * MIB + 70_000, 10 * MIB + 70_000])(
    'a connection cut after %i bytes leaves nothing',
    async (bytes) => {
      const { store } = opened();
      const key = newKey();
      await expect(store.put(key, cutAfter(bytes))).rejects.toBeInstanceOf(CutConnection);
      expect(await store.size(key)).toBeNull();
      expect(await opened().leftovers(key)).toBe(0);
    },
  );

  test('a put that is cut leaves the object that was there; one that ends replaces it as a whole', async () => {
    const { store } = opened();
    const key = newKey();
    await store.put(key, piecesOf(Buffer.from('the first, and longer')));
    await expect(store.put(key, cutAfter(6 * MIB))).rejects.toBeInstanceOf(CutConnection);
    expect(await store.size(key)).toBe(21);
    await store.put(key, piecesOf(Buffer.from('second')));
    expect((await store.read(key, 0, 6)).toString()).toBe('second');
    expect(await store.size(key)).toBe(6);
  });

  test('nothing is visible before the last byte', async () => {
    const { store } = opened();
    const key = newKey();
    const seen: (number | null)[] = [];
    async function* watched(): AsyncGenerator<Uint8Array> {
      yield randomBytes(6 * MIB);
      seen.push(await store.size(key));
      yield randomBytes(1);
    }
    await store.put(key, watched());
    expect(seen).toEqual([null]);
    expect(await store.size(key)).toBe(6 * MIB + 1);
  });
}

function refusesKeys(opened: Opened): void {
  test.each(['', '/', '../x', 'a/../b', 'A', 'a//b', '.incoming/x', 'a/', `a/${'b'.repeat(200)}`, 'a\0b', 'a b'])(
    '%j is no key',
    async (key) => {
      const { store } = opened();
      const acts = [
        () => store.put(key, piecesOf(Buffer.alloc(1))),
        () => store.read(key, 0, 1),
        () => store.size(key),
        () => store.delete(key),
      ];
      for (const act of acts) expect(await codeOf(act())).toBe('object.malformed-key');
    },
  );
}
