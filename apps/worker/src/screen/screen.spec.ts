import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { findMask, maskText, openStrictStore, verifiedMask } from '@crashkeep/strict-store';
import { sampleBuilder } from '@crashkeep/synth';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WorkerTestbed } from '../worker.testbed.js';
import { detectorChoice } from './detector-choice.js';

let bed: WorkerTestbed;
let stop: () => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  bed = await WorkerTestbed.open();
});
afterEach(() => stop());
afterAll(() => bed.close());

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const jwk = privateKey.export({ format: 'jwk' });
const limbs = (part: string | undefined): Buffer => Buffer.from(part ?? '', 'base64url').reverse();
const pem = privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
const spki = createHash('sha256')
  .update(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }))
  .digest('hex');
const HEAP = 0x5555_0000_0000n;

/** A number as an allocator keeps it. */
function chunk(content: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(content.length + 17, 8);
  return Buffer.concat([header, content, new Uint8Array(32)]);
}

/** The sample with a key in its heap, as limbs: no text of it is anywhere. */
function dumpWithKey(): Buffer {
  const heap = Buffer.concat([Buffer.alloc(512), chunk(limbs(jwk.p)), chunk(limbs(jwk.n)), Buffer.alloc(512)]);
  return Buffer.from(sampleBuilder().memory(HEAP, heap).bytes());
}

const sightingsOf = (id: string) =>
  bed.rows(
    `SELECT s.*, e.kind, e.fingerprint, e.spki, e.ssh FROM strict.sighting s JOIN strict.secret e ON e.id = s.secret_id
     WHERE s.dump_id = $1 ORDER BY s."offset"`,
    id,
  );
const maskOf = async (id: string) => {
  const [row] = await bed.rows('SELECT * FROM strict.mask_set WHERE dump_id = $1 ORDER BY number DESC LIMIT 1', id);
  const text = String(row?.['statement']);
  return { row, mask: verifiedMask(text, String(row?.['signature']), createPublicKey(bed.screenKeys.maskKey)) };
};

test('a key in a heap is a row of kind and place, masked and counted, and no more than that', async () => {
  stop = await bed.work();
  const bytes = dumpWithKey();
  const id = await bed.receive(bytes);
  const screening = await bed.untilScreened(id);
  expect(screening).toMatchObject({ state: 'complete', failure: null, detectors: detectorChoice('all').number });
  expect(Number(screening['read_bytes'])).toBeGreaterThan(bytes.length / 2);

  const found = await sightingsOf(id);
  const at = bytes.indexOf(limbs(jwk.p));
  const ofPrime = found.filter(({ spki: of }) => of === spki);
  expect(ofPrime[0]).toMatchObject({ kind: 'rsa-private-key', level: 4, severity: 'critical', part_id: null });
  const covers = ofPrime.some(({ ranges }) =>
    (ranges as [number, number][]).some(([offset, length]) => offset <= at && offset + length >= at + 64),
  );
  expect(covers).toBe(true);

  const { mask } = await maskOf(id);
  expect(mask).toMatchObject({ dump: id, project: 'default', number: 1 });
  const [object] = mask?.objects ?? [];
  expect(object?.secret.some(([offset, length]) => offset <= at && offset + length >= at + 64)).toBe(true);
  expect(object?.unsearched).toEqual([]);

  const [summary] = await bed.rows('SELECT * FROM lenient.screen_summary WHERE dump_id = $1', id);
  expect(summary).toMatchObject({ state: 'complete', critical: 1 });
  expect(Object.keys(summary ?? {}).sort()).toEqual(
    ['changed_at', 'critical', 'detectors', 'dump_id', 'high', 'info', 'low', 'medium', 'project', 'state'].sort(),
  );
  const [dump] = await bed.rows('SELECT extraction_header FROM strict.dump WHERE id = $1', id);
  expect(dump).toEqual({ extraction_header: null });
});

test('nothing of the value is in any table, queue or log', async () => {
  stop = await bed.work();
  const secret = randomBytes(24).toString('hex');
  const bytes = Buffer.concat([dumpWithKey(), Buffer.from(`\0GITHUB_TOKEN=${secret}\0${pem}`)]);
  const id = await bed.receive(bytes);
  await bed.untilScreened(id);
  expect((await sightingsOf(id)).length).toBeGreaterThan(1);
  const tables = await bed.rows(
    `SELECT table_schema AS s, table_name AS t FROM information_schema.tables
     WHERE table_schema IN ('strict', 'lenient', 'ledger', 'queue_strict', 'queue_lenient') AND table_type = 'BASE TABLE'`,
  );
  const sealed = new Set(['strict.dump', 'strict.extraction_lease', 'strict.dump_part']);
  const raw = [limbs(jwk.p), Buffer.from(jwk.p ?? '', 'base64url'), limbs(jwk.d), Buffer.from(secret, 'hex')];
  const canaries = raw.flatMap((value) => {
    const piece = value.subarray(4, 16);
    return [piece.toString('hex'), piece.toString('base64').slice(1, 14), Buffer.from(piece).reverse().toString('hex')];
  });
  canaries.push(secret.slice(4, 16), pem.slice(64, 80));
  let looked = 0;
  for (const { s, t } of tables) {
    if (sealed.has(`${String(s)}.${String(t)}`)) continue;
    const [all] = await bed.rows(
      `SELECT coalesce(string_agg(x::text, E'\n'), '') AS text FROM ${String(s)}.${String(t)} x`,
    );
    const text = String(all?.['text']);
    looked += text.length;
    for (const canary of canaries) expect(text.includes(canary), `${String(s)}.${String(t)}`).toBe(false);
  }
  expect(looked).toBeGreaterThan(10_000);
  for (const canary of canaries) expect(bed.logged.join('\n')).not.toContain(canary);
});

test('the same key in two dumps is one secret with many sightings, by a name that means nothing without the key', async () => {
  stop = await bed.work();
  const ids = [await bed.receive(dumpWithKey()), await bed.receive(dumpWithKey())];
  for (const id of ids) await bed.untilScreened(id);
  const rows = (await Promise.all(ids.map(sightingsOf))).map((found) => found.filter(({ spki: of }) => of === spki));
  const secrets = new Set(rows.flat().map(({ secret_id: secret }) => secret));
  expect(secrets.size).toBe(1);
  const [{ fingerprint } = { fingerprint: '' }] = rows[0] ?? [];
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
});

test('the older set of text sees no limbs; what it screened stays its, and says so', async () => {
  stop = await bed.work({}, (rooms) => ({ ...rooms, detectors: detectorChoice('text') }));
  const id = await bed.receive(dumpWithKey());
  const screening = await bed.untilScreened(id);
  expect(screening).toMatchObject({ state: 'complete', detectors: 0 });
  expect((await sightingsOf(id)).filter(({ spki: of }) => of === spki)).toEqual([]);
  expect((await maskOf(id)).mask?.detectors).toBe(0);
});

test('a dump of candidates delays the next by its own budget and no more; it ends as partial, with the reason', async () => {
  stop = await bed.work({ screenMs: 6_000 });
  // Odd numbers of a prime's size, each in a heap chunk of its own: all would have to be tried.
  const chunks = Array.from({ length: 60_000 }, () => {
    const number = randomBytes(64);
    number[0] = (number[0] ?? 0) | 1;
    number[63] = (number[63] ?? 0) | 0x80;
    return chunk(number);
  });
  const slow = await bed.receive(Buffer.from(sampleBuilder().memory(HEAP, Buffer.concat(chunks)).bytes()));
  await bed.untilStage(slow, 'done');
  const quick = await bed.receive(dumpWithKey());
  const first = await bed.untilScreened(slow);
  const next = await bed.untilScreened(quick);
  expect(first).toMatchObject({ state: 'partial' });
  const reasons = (first['skipped'] as { reason: string }[]).map(({ reason }) => reason);
  expect(reasons.some((reason) => ['candidate-budget', 'work-budget', 'time-budget'].includes(reason))).toBe(true);
  expect(next).toMatchObject({ state: 'complete' });
  // Not a second try: that would be a second budget.
  expect(Number(first['attempts'])).toBe(1);
});

test('time that is over before a dump was looked at: partial, and all of it masked', async () => {
  stop = await bed.work({ screenMs: 1 });
  const bytes = dumpWithKey();
  const id = await bed.receive(bytes);
  expect(await bed.untilScreened(id)).toMatchObject({
    state: 'partial',
    skipped: [{ part: null, detector: 'frame', reason: 'time-budget', count: bytes.length }],
  });
  const [object] = (await maskOf(id)).mask?.objects ?? [];
  expect(object).toEqual({ part: null, secret: [], unsearched: [[0, bytes.length]] });
});

test('one that cannot be opened fails with its reason, and all of it is masked', async () => {
  const id = await bed.receive(dumpWithKey());
  await bed.rows(`UPDATE strict.dump SET object_key = object_key || 'x', state = 'done' WHERE id = $1`, id);
  stop = await bed.work({ attempts: 2 });
  const screening = await bed.untilScreened(id);
  expect(screening).toMatchObject({ state: 'failed', failure: 'store.unavailable', attempts: 2 });
  const [object] = (await maskOf(id)).mask?.objects ?? [];
  expect(object).toEqual({ part: null, secret: [], unsearched: [[0, dumpWithKey().length]] });
  const [summary] = await bed.rows('SELECT * FROM lenient.screen_summary WHERE dump_id = $1', id);
  expect(summary).toMatchObject({ state: 'failed', critical: 0 });
});

test('a mask that was changed by a bit, or signed by another, is none', async () => {
  stop = await bed.work();
  const id = await bed.receive(dumpWithKey());
  await bed.untilScreened(id);
  const { row, mask } = await maskOf(id);
  const store = openStrictStore(bed.workerUrl, { connections: 1 });
  const read = await findMask(store.rows, String(row?.['id']));
  await store.close();
  expect(read).toMatchObject({ dump: id });
  if (mask === null || read === null) throw new Error('no mask');
  const key = createPublicKey(bed.screenKeys.maskKey);
  const opened = maskText({ ...mask, objects: mask.objects.map((object) => ({ ...object, secret: [] })) });
  expect(verifiedMask(opened, read.signature, key)).toBeNull();
  expect(verifiedMask(` ${read.statement}`, read.signature, key)).toBeNull();
  const stranger = generateKeyPairSync('ed25519').publicKey;
  expect(verifiedMask(read.statement, read.signature, stranger)).toBeNull();
  expect(verifiedMask(read.statement, read.signature, key)).toEqual(mask);
});
