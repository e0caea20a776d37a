import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { maskText, signMask } from '@crashkeep/strict-store';
import { KeeperTestbed, PLAIN_BYTES, PROJECT, STACK } from '../keeper.testbed.js';

let bed: KeeperTestbed;
beforeAll(async () => {
  bed = await KeeperTestbed.open();
  await bed.pinRoot();
});
afterEach(async () => {
  await bed.sql.query('DELETE FROM strict.mask_set; DELETE FROM strict.detector_set');
  await bed.mask();
});
afterAll(() => bed.close());

const read = (id: Awaited<ReturnType<KeeperTestbed['live']>>, offset: number, length: number) =>
  bed.readAsked(id, [{ offset, length }]);
const lastRead = async (id: Awaited<ReturnType<KeeperTestbed['live']>>) =>
  (await bed.leaves(id)).filter(({ act }) => act === 'grant.read').at(-1);

test('masked bytes leave as zeros, are told, and the leaf says which mask hid how many', async () => {
  const mask = await bed.mask({ secret: [[STACK.offset + 10, 20]], unsearched: [[STACK.offset + 100, 8]] });
  const id = await bed.live();
  const { plaintext, masks } = await read(id, STACK.offset, 200);
  const expected = Buffer.from(bed.plaintext.subarray(STACK.offset, STACK.offset + 200));
  expected.fill(0, 10, 30).fill(0, 100, 108);
  expect(plaintext.equals(expected)).toBe(true);
  expect(masks).toEqual([
    { at: 10, length: 20, cause: 'secret' },
    { at: 100, length: 8, cause: 'unsearched' },
  ]);
  expect(await lastRead(id)).toMatchObject({ mask, hidden: 28, bytes: 200 });
});

test('a mask that is written while a session is open holds from the next read on', async () => {
  const id = await bed.live();
  const before = await read(id, STACK.offset, 64);
  expect(before.masks).toEqual([]);
  await bed.mask({ secret: [[STACK.offset, 64]] });
  const after = await read(id, STACK.offset, 64);
  expect(after.plaintext.equals(Buffer.alloc(64))).toBe(true);
  expect(after.masks).toEqual([{ at: 0, length: 64, cause: 'secret' }]);
});

test('of reads against a new mask, none that is charged after it shows what it hides', async () => {
  const id = await bed.live({ bytes: 200_000 });
  for (let round = 0; round < 10; round++) {
    await bed.sql.query('DELETE FROM strict.mask_set');
    await bed.mask();
    const reads = Array.from({ length: 8 }, () => read(id, STACK.offset, 16));
    const written = bed.mask({ secret: [[STACK.offset, 16]] });
    const [mask, ...answers] = await Promise.all([written, ...reads]);
    const { rows } = await bed.sql.query<{ body: string; created_at: Date }>(
      `SELECT body, created_at FROM ledger.leaf WHERE body LIKE '%grant.read"%' ORDER BY created_at DESC LIMIT 8`,
    );
    const masksOfLeaves = new Map(answers.map(({ leaf, plaintext }) => [leaf, plaintext.equals(Buffer.alloc(16))]));
    for (const { body } of rows) {
      const leaf = JSON.parse(body) as { mask: string; hidden: number };
      expect(leaf.hidden).toBe(leaf.mask === mask ? 16 : 0);
    }
    expect([...masksOfLeaves.values()].filter(Boolean)).toHaveLength(
      rows.filter(({ body }) => body.includes(mask)).length,
    );
  }
});

test.each<[string, string, () => Promise<unknown>]>([
  ['missing', 'access.mask-missing', () => bed.sql.query('DELETE FROM strict.mask_set')],
  ['signed by another key', 'access.mask-unsound', () => bed.mask({ key: generateKeyPairSync('ed25519').privateKey })],
  [
    'of other words than were signed',
    'access.mask-unsound',
    async () => {
      await bed.mask({ secret: [[0, PLAIN_BYTES]] });
      await bed.forge(
        `UPDATE strict.mask_set SET statement = replace(statement, $1, '"secret":[]')`,
        `"secret":[[0,${String(PLAIN_BYTES)}]]`,
      );
    },
  ],
  [
    'carried over from another dump',
    'access.mask-unsound',
    async () => {
      const mask = { dump: randomUUID(), project: PROJECT, number: 99, detectors: 1, objects: [] };
      const text = maskText(mask);
      await bed.forge(
        'INSERT INTO strict.mask_set (id, dump_id, number, detectors, statement, signature) VALUES ($1, $2, 99, 1, $3, $4)',
        ...[randomUUID(), bed.dump, text, signMask(text, bed.maskKey.privateKey)],
      );
    },
  ],
])('a mask that is %s gives no byte', async (_what, code, forge) => {
  const id = await bed.live();
  await forge();
  await expect(read(id, STACK.offset, 8)).rejects.toThrow(code);
  expect((await bed.leaves(id)).filter(({ act }) => act === 'grant.read')).toEqual([]);
  expect((await bed.leaves(id)).at(-1)).toMatchObject({ act: 'read.denied', code });
  expect((await bed.grant(id)).usedBytes).toBe(0);
});

// The last: this keeper has seen set 2 from here on.
test('where newer detectors run, all of it is masked until they have looked', async () => {
  const id = await bed.live();
  await bed.sql.query(
    `INSERT INTO strict.detector_set (number, signature) SELECT 7, signature FROM strict.detector_set WHERE number = 1`,
  );
  expect((await read(id, STACK.offset, 8)).masks).toEqual([]); // the signature is of another number
  await bed.sql.query('DELETE FROM strict.detector_set');
  await bed.mask({ detectors: 2 });
  await bed.sql.query('DELETE FROM strict.mask_set WHERE detectors = 2');
  const { plaintext, masks } = await read(id, STACK.offset, 8);
  expect(masks).toEqual([{ at: 0, length: 8, cause: 'unsearched' }]);
  expect(plaintext.equals(Buffer.alloc(8))).toBe(true);
  // Whoever takes the row away again does not bring older masks back.
  await bed.sql.query('DELETE FROM strict.detector_set');
  expect((await read(id, STACK.offset, 8)).masks).toHaveLength(1);
  await bed.mask({ detectors: 2 });
  expect((await read(id, STACK.offset, 8)).masks).toEqual([]);
});
