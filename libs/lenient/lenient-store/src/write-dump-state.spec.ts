import { DumpAliasText, newDumpId } from '@crashkeep/ids';
import type { Leaks, LenientReport } from '@crashkeep/report';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import {
  type DumpStateChange,
  type LenientStore,
  findReport,
  openLenientStore,
  writeDumpState,
  writeReport,
} from './index.js';
import { receive, sampleProject, sampleReport, write } from './sample-rows.js';

let database: TestDatabase;
let ingest: LenientStore;
let worker: LenientStore;
let keeper: LenientStore;
let reader: LenientStore;

beforeAll(async () => {
  database = await testDatabase();
  ingest = openLenientStore(database.urlFor('ck_ingest'));
  worker = openLenientStore(database.urlFor('ck_worker'));
  keeper = openLenientStore(database.urlFor('ck_keeper'));
  reader = openLenientStore(database.urlFor('ck_lenient_api'));
});
afterAll(() => Promise.all([ingest, worker, keeper, reader].map((it) => it.close())));

const see = async (id: string) => findReport(reader.rows, id, [sampleProject]);

test('nothing that this crossing carries can hold a text', () => {
  expectTypeOf<Leaks<DumpStateChange>>().toEqualTypeOf<false>();
  expectTypeOf<Leaks<LenientReport>>().toEqualTypeOf<false>();
});

test('a dump from the door to its shredding, each step by the role whose act it is', async () => {
  const dump = newDumpId();
  await receive(ingest, dump, { alias: DumpAliasText.parse('00112233445566ff') });
  expect(await see(dump)).toMatchObject({
    state: 'queued',
    report: null,
    group: null,
    life: { dumpBytes: 5_000_000_000 },
  });

  await writeDumpState(worker.rows, { change: 'walking', dump });
  expect(await see('00112233445566FF')).toMatchObject({ id: dump, state: 'walking' });

  const report = sampleReport({ id: dump });
  await worker.transaction(async (tx) => {
    await writeDumpState(tx, { change: 'done', dump, openedBytes: 70_000 });
    await writeReport(tx, report, sampleProject);
  });
  await writeDumpState(keeper.rows, { change: 'grants-counted', dump, open: 1, ended: 1 });
  expect(await see(dump)).toMatchObject({
    state: 'done',
    report,
    life: { openedBytes: 70_000, grantsOpen: 1, grantsEnded: 1, attachments: 1, annotations: 2, shreddedAt: null },
    group: { count: 1, previous: null, next: null },
  });

  await writeDumpState(keeper.rows, { change: 'shredded', dump });
  expect(await see(dump)).toMatchObject({ state: 'done', report });
  expect((await see(dump))?.life.shreddedAt).toBeInstanceOf(Date);
});

test('a walk that failed says why, and is forgotten by the next one', async () => {
  const dump = newDumpId();
  await receive(ingest, dump);
  await writeDumpState(worker.rows, { change: 'walking', dump });
  await writeDumpState(worker.rows, { change: 'failed', dump, failure: 'walk.timeout' });
  expect(await see(dump)).toMatchObject({ state: 'failed', failure: 'walk.timeout', report: null });
  await writeDumpState(worker.rows, { change: 'requeued', dump });
  expect(await see(dump)).toMatchObject({ state: 'queued' });
  await writeDumpState(worker.rows, { change: 'walking', dump });
  expect(await see(dump)).toMatchObject({ state: 'walking', failure: null });
});

test('a late worker does not bring a shredded dump back', async () => {
  const dump = newDumpId();
  await receive(ingest, dump);
  await writeDumpState(keeper.rows, { change: 'shredded', dump });
  for (const change of ['walking', 'requeued'] as const) await writeDumpState(worker.rows, { change, dump });
  await writeDumpState(worker.rows, { change: 'done', dump, openedBytes: 1 });
  expect(await see(dump)).toMatchObject({ state: 'failed', report: null });
});

test('a dump of another project is not there', async () => {
  const report = sampleReport();
  await receive(ingest, report.id);
  await write(worker, report);
  expect(await findReport(reader.rows, report.id, [])).toBeNull();
});
