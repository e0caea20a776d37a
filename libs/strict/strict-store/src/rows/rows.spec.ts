import { randomBytes, randomUUID } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectKey } from '@crashkeep/object-store';
import { type ReceivedDump, insertReceivedDump, orphanKeys } from './received-dump.js';
import { findRecipient, insertRecipient } from './recipient-row.js';
import { findDumpFacts } from './dump-facts.js';
import { type StrictStore, openStrictStore } from './strict-store.js';
import {
  countUnconverted,
  findSymbolFileById,
  findUnconverted,
  insertSymbolFile,
  setSymbolState,
} from './symbol-file.js';
import { findSymbolFiles, findSymbolFilesByCodeName, orphanSymbolKeys } from './symbol-search.js';
import { endFailedWalk, findWalkable, leaseForWalk, recordWalk } from './walk-lease.js';
import { findWalk } from './walk-row.js';
import { closeExtraction } from '../screening/close-extraction.js';
import { endScreening } from '../screening/record-screening.js';
import { leaseScreening, planScreenings } from '../screening/screening-lease.js';

let ingest: StrictStore;
let worker: StrictStore;
let keeper: StrictStore;
let strictApi: StrictStore;

beforeAll(async () => {
  const database: TestDatabase = await testDatabase();
  const open = (role: 'ck_ingest' | 'ck_worker' | 'ck_keeper' | 'ck_strict_api') =>
    openStrictStore(database.urlFor(role), { connections: 2 });
  [ingest, worker, keeper, strictApi] = [
    open('ck_ingest'),
    open('ck_worker'),
    open('ck_keeper'),
    open('ck_strict_api'),
  ];
});
afterAll(async () => {
  await Promise.all([ingest, worker, keeper, strictApi].map((store) => store.close()));
});

function newDump(parts = 1): ReceivedDump {
  const id = randomUUID();
  const sealed = () => ({
    plainBytes: 2 ** 33,
    sealedBytes: 2 ** 33 + 4096,
    headers: { vault: randomBytes(300), extraction: randomBytes(300) },
  });
  return {
    ...{ id, project: 'default', format: 'minidump', receivedAt: new Date(), objectKey: objectKey(id, 'payload') },
    ...sealed(),
    ...{ vaultRecipient: randomUUID(), extractionRecipient: randomUUID(), tokenId: randomUUID() },
    ...{ alias: null, uploadKey: null, product: 'App', version: '1.2', channel: null },
    retainUntil: new Date(Date.now() + 1e9),
    parts: Array.from({ length: parts }, () => {
      const partId = randomUUID();
      return { id: partId, kind: 'annotations' as const, objectKey: objectKey(id, partId), ...sealed() };
    }),
  };
}

const screeningsOf = (dumpId: string) => worker.rows.screening.findMany({ where: { dump_id: dumpId } });

async function received(parts = 1): Promise<ReceivedDump> {
  const dump = newDump(parts);
  await ingest.transaction((rows) => insertReceivedDump(rows, dump));
  return dump;
}

const terms = (owner: string, staleBefore = new Date(0)) => ({ owner, now: new Date(), staleBefore });

describe('a dump', () => {
  test('is written by ingest, and its facts are read by strict-api without a header', async () => {
    const dump = await received(2);
    const { id, project, format, receivedAt, plainBytes, retainUntil } = dump;
    const facts = { id, project, format, receivedAt, plainBytes, retainUntil, shreddedAt: null };
    expect(await findDumpFacts(strictApi.rows, id)).toEqual(facts);
    expect(await findDumpFacts(strictApi.rows, randomUUID())).toBeNull();
    const header = { where: { id }, select: { vault_header: true } } as const;
    for (const store of [strictApi, worker, ingest]) await expect(store.rows.dump.findUnique(header)).rejects.toThrow();
    expect((await keeper.rows.dump.findUnique(header))?.vault_header).toHaveLength(300);
  });

  test('is found by its alias', async () => {
    const dump = { ...newDump(0), alias: randomBytes(8).toString('hex') };
    await ingest.transaction((rows) => insertReceivedDump(rows, dump));
    expect(await findDumpFacts(strictApi.rows, dump.alias)).toMatchObject({ id: dump.id });
  });

  test('is written whole or not at all', async () => {
    const dump = newDump();
    const act = ingest.transaction(async (rows) => {
      await insertReceivedDump(rows, dump);
      throw new Error('the ledger is away');
    });
    await expect(act).rejects.toThrow('the ledger is away');
    expect(await findDumpFacts(strictApi.rows, dump.id)).toBeNull();
    const keys = [dump.objectKey, ...dump.parts.map(({ objectKey: key }) => key)];
    expect(await orphanKeys(ingest.rows, keys)).toEqual(keys);
    await ingest.transaction((rows) => insertReceivedDump(rows, dump));
    expect(await orphanKeys(ingest.rows, [...keys, '00/x/y'])).toEqual(['00/x/y']);
  });
});

describe('a walk', () => {
  test('is leased to one worker; walked and screened, its extraction headers go', async () => {
    const dump = await received();
    const leases = await Promise.all(['a', 'b', 'c'].map((owner) => leaseForWalk(worker.rows, dump.id, terms(owner))));
    const winners = leases.filter((lease) => lease !== null);
    expect(winners).toHaveLength(1);
    const [lease] = winners;
    expect(lease).toMatchObject({ id: dump.id, attempts: 1, sealedBytes: dump.sealedBytes, product: 'App' });
    expect(Buffer.from(lease?.extractionHeader ?? []).equals(Buffer.from(dump.headers.extraction))).toBe(true);

    const owner = ['a', 'b', 'c'][leases.findIndex((one) => one !== null)] ?? '';
    const result = { threads: [] };
    const record = (who: string) =>
      worker.transaction((rows) => recordWalk(rows, { dumpId: dump.id, owner: who, walker: 1, result, forms: ['a'] }));
    expect(await record('somebody else')).toBe(false);
    expect(await record(owner)).toBe(true);
    expect(await findWalk(strictApi.rows, dump.id)).toMatchObject({ walker: 1, result, forms: ['a'] });
    expect(await leaseForWalk(worker.rows, dump.id, terms('d', new Date(Date.now() + 1e6)))).toBeNull();
    expect(await worker.transaction((rows) => closeExtraction(rows, dump.id))).toBe(false);
    const detectors = 3;
    await planScreenings(worker.rows, detectors, 10_000);
    const [screening] = await screeningsOf(dump.id);
    expect(await worker.transaction((rows) => closeExtraction(rows, dump.id))).toBe(false);
    const leased = await leaseScreening(worker.rows, screening?.id ?? '', terms('s'));
    expect(leased?.objects.map(({ extractionHeader }) => extractionHeader !== null)).toEqual([true, true]);
    await endScreening(worker.rows, {
      ...{ id: leased?.id ?? '', owner: 's', state: 'complete', failure: null, skipped: [] },
      ...{ claimedBytes: 1, readBytes: 1, constantBytes: 0 },
    });
    expect(await worker.transaction((rows) => closeExtraction(rows, dump.id))).toBe(true);
    const { rows } = keeper;
    const gone = { where: { dump_id: dump.id }, select: { extraction_header: true, vault_header: true } } as const;
    expect(await rows.dump_part.findFirst(gone)).toMatchObject({ extraction_header: null });
    expect(await rows.dump.findUnique({ where: { id: dump.id }, select: { vault_header: true } })).not.toMatchObject({
      vault_header: null,
    });
  });

  test('that stands still is taken over, one that fails is given back or parked', async () => {
    const dump = await received(0);
    await leaseForWalk(worker.rows, dump.id, terms('dead'));
    expect(await leaseForWalk(worker.rows, dump.id, terms('next'))).toBeNull();
    const later = new Date(Date.now() + 1000);
    expect(await findWalkable(worker.rows, later, 1000)).toContain(dump.id);
    expect(await leaseForWalk(worker.rows, dump.id, terms('next', later))).toMatchObject({ attempts: 2 });
    const end = (owner: string, state: 'queued' | 'failed') =>
      endFailedWalk(worker.rows, { dumpId: dump.id, owner, failure: 'walk.killed', state });
    expect(await end('dead', 'failed')).toBe(false);
    expect(await end('next', 'queued')).toBe(true);
    expect(await findWalkable(worker.rows, new Date(0), 1000)).toContain(dump.id);
    expect(await leaseForWalk(worker.rows, dump.id, terms('third'))).toMatchObject({ attempts: 3 });
    expect(await end('third', 'failed')).toBe(true);
    expect(await findWalkable(worker.rows, later, 1000)).not.toContain(dump.id);
  });
});

describe('recipients', () => {
  test('the keeper writes each once, ingest reads it until it is destroyed', async () => {
    const name = { kind: 'vault', project: 'default', period: '2026-11' } as const;
    const row = { id: randomUUID(), ...name, recipient: 'age1x', signature: 'sig' };
    expect(await findRecipient(ingest.rows, name)).toBeNull();
    expect(await insertRecipient(keeper.rows, row)).toBe(true);
    expect(await insertRecipient(keeper.rows, { ...row, id: randomUUID(), recipient: 'age1y' })).toBe(false);
    expect(await findRecipient(ingest.rows, name)).toEqual(row);
    await keeper.rows.recipient.updateMany({ where: { id: row.id }, data: { destroyed_at: new Date() } });
    expect(await findRecipient(ingest.rows, name)).toBeNull();
  });

  test('no other role writes one', async () => {
    const row = { id: randomUUID(), kind: 'extraction', project: '', period: '2026-11-24' } as const;
    for (const store of [ingest, worker, strictApi]) {
      await expect(insertRecipient(store.rows, { ...row, recipient: 'age1z', signature: 's' })).rejects.toThrow();
    }
  });
});

describe('symbol files', () => {
  const newFile = () => ({
    ...{ id: randomUUID(), project: 'default', debugFile: 'app.pdb', debugId: randomBytes(17).toString('hex') },
    ...{
      kind: 'breakpad' as const,
      codeFile: null,
      sha256: 'a'.repeat(64),
      objectKey: randomUUID(),
      bytes: 12,
      tokenId: randomUUID(),
    },
  });

  test('of each kind the first upload of a debug id wins, in its project', async () => {
    const file = newFile();
    expect(await insertSymbolFile(ingest.rows, file)).toBe(true);
    const second = { ...file, id: randomUUID(), objectKey: randomUUID(), sha256: 'b'.repeat(64) };
    expect(await insertSymbolFile(ingest.rows, second)).toBe(false);
    expect(await insertSymbolFile(ingest.rows, { ...second, project: 'other' })).toBe(true);
    const image = { ...second, id: randomUUID(), objectKey: randomUUID(), kind: 'pe' as const };
    expect(await insertSymbolFile(ingest.rows, image)).toBe(true);
    const found = await findSymbolFiles(worker.rows, file);
    expect(found).toMatchObject([{ id: file.id, state: 'queued', bytes: 12 }, { id: image.id }]);
    expect(await findSymbolFiles(worker.rows, { ...file, project: 'third' })).toEqual([]);
  });

  test('are counted until they are converted or refused', async () => {
    const file = { ...newFile(), project: 'counted', codeFile: 'App.exe' };
    await insertSymbolFile(ingest.rows, file);
    expect(await findUnconverted(worker.rows, 1000)).toContain(file.id);
    expect(await countUnconverted(worker.rows, 'counted')).toBe(1);
    await setSymbolState(worker.rows, file.id, { state: 'ready', formKey: 'form', codeId: '5F00ABCD12000' });
    expect(await countUnconverted(worker.rows, 'counted')).toBe(0);
    expect(await findUnconverted(worker.rows, 1000)).not.toContain(file.id);
    expect(await findSymbolFileById(worker.rows, file.id)).toMatchObject({
      state: 'ready',
      formKey: 'form',
      failure: null,
    });
    const code = { project: 'counted', codeFile: 'app.EXE', codeId: '5F00ABCD12000' };
    expect(await findSymbolFilesByCodeName(ingest.rows, code, 8)).toMatchObject([{ id: file.id }]);
    expect(await orphanSymbolKeys(ingest.rows, [file.objectKey, 'form', 'orphan'])).toEqual(['orphan']);
    await setSymbolState(worker.rows, file.id, { state: 'refused', failure: 'symbols.malformed' });
    expect(await findSymbolFileById(worker.rows, file.id)).toMatchObject({
      state: 'refused',
      failure: 'symbols.malformed',
    });
  });
});
