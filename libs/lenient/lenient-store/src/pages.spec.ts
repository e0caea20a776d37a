import { ProjectIdText, newDumpId } from '@crashkeep/ids';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  GROUP_SORTS,
  type LenientStore,
  findDumpChanges,
  findGroup,
  findGroupReports,
  findGroups,
  findReport,
  findReports,
  openLenientStore,
  writeDumpState,
} from './index.js';
import { receive, sampleProject, sampleReport, write } from './sample-rows.js';

let database: TestDatabase;
let worker: LenientStore;
let reader: LenientStore;
const START = Date.UTC(2026, 10, 1);
const reports = Array.from({ length: 12 }, (_, i) =>
  sampleReport({ signature: `g${String(i % 4)}`, receivedAt: START + i * 60_000 }),
);
const waiting = newDumpId();

beforeAll(async () => {
  database = await testDatabase();
  worker = openLenientStore(database.urlFor('ck_worker'));
  reader = openLenientStore(database.urlFor('ck_lenient_api'));
  for (const [i, report] of reports.entries()) {
    await receive(worker, report.id, { receivedAt: START + i * 60_000 });
    await writeDumpState(worker.rows, { change: 'done', dump: report.id, openedBytes: 1 });
    await write(worker, report);
  }
  await receive(worker, waiting, { receivedAt: START + 99 * 60_000 });
  await receive(worker, newDumpId(), { project: ProjectIdText.parse('other') });
});
afterAll(() => Promise.all([worker.close(), reader.close()]));

async function walked<T>(
  page: (cursor?: string) => Promise<{ rows: readonly T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await page(cursor);
    all.push(...rows);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

describe('groups', () => {
  test.each(GROUP_SORTS)('page by page by %s, each once', async (sort) => {
    const all = await walked(async (cursor) => {
      const { groups, next } = await findGroups(reader.rows, { project: sampleProject, sort, size: 3, cursor });
      return { rows: groups, next };
    });
    expect(all.map((it) => it.signature as string).sort()).toEqual(['g0', 'g1', 'g2', 'g3']);
    const keys = all.map((it) => (sort === 'count' ? it.count : sort === 'last_seen' ? it.lastSeen : it.firstSeen));
    expect(keys).toEqual([...keys].sort((a, b) => Number(b) - Number(a)));
  });

  test('are found by a part of their signature, taken as it is', async () => {
    const names = async (q: string) =>
      (await findGroups(reader.rows, { project: sampleProject, q })).groups.map((it) => it.signature as string);
    expect(await names('G2')).toEqual(['g2']);
    expect(await names('%')).toEqual([]);
    expect(await names("' OR 1=1 --")).toEqual([]);
  });

  test.each(['', 'x', 'e30', Buffer.from('["1; DROP","x"]').toString('base64url'), 'a'.repeat(1000)])(
    'the cursor %j is refused',
    async (cursor) => {
      const page = findGroups(reader.rows, { project: sampleProject, cursor });
      await expect(page).rejects.toThrow('lenient-store.bad-cursor');
      await expect(findReports(reader.rows, sampleProject, { cursor })).rejects.toThrow('lenient-store.bad-cursor');
    },
  );

  test('of another project are not there', async () => {
    const { groups } = await findGroups(reader.rows, { project: sampleProject });
    const id = groups[0]?.id ?? '';
    expect(await findGroup(reader.rows, id, [sampleProject])).toEqual(groups[0]);
    expect(await findGroup(reader.rows, id, [ProjectIdText.parse('other')])).toBeNull();
  });
});

describe('reports', () => {
  test('page by page, newest first, with dumps that are not walked yet', async () => {
    const all = await walked(async (cursor) => {
      const { reports: rows, next } = await findReports(reader.rows, sampleProject, { size: 5, cursor });
      return { rows, next };
    });
    expect(all.map((it) => it.id)).toEqual([waiting, ...reports.map((it) => it.id as string).reverse()]);
    expect(all[0]).toMatchObject({ state: 'queued', signature: null, groupId: null });
    expect(all[1]).toMatchObject({ state: 'done', signature: 'g3', product: 'Relay', os: 'linux', cpu: 'amd64' });
  });

  test('of a group, page by page', async () => {
    const [group] = (await findGroups(reader.rows, { project: sampleProject, q: 'g1' })).groups;
    const all = await walked(async (cursor) => {
      const { reports: rows, next } = await findGroupReports(reader.rows, [group?.id ?? ''], { size: 2, cursor });
      return { rows, next };
    });
    expect(all.map((it) => it.id)).toEqual([reports[9]?.id, reports[5]?.id, reports[1]?.id]);
  });

  test('know the one before and the one after in their group', async () => {
    const place = async (i: number) => (await findReport(reader.rows, reports[i]?.id ?? '', [sampleProject]))?.group;
    expect(await place(1)).toMatchObject({ previous: null, next: reports[5]?.id, count: 3 });
    expect(await place(5)).toMatchObject({ previous: reports[1]?.id, next: reports[9]?.id });
    expect(await place(9)).toMatchObject({ previous: reports[5]?.id, next: null });
  });

  test.each(['', 'x', "' OR 1=1", '00112233445566ff'])('%j names none', async (id) => {
    expect(await findReport(reader.rows, id, [sampleProject])).toBeNull();
  });
});

test('changes of state since a time, of the asked projects only', async () => {
  const since = new Date(Date.now() - 60_000);
  await writeDumpState(worker.rows, { change: 'walking', dump: waiting });
  const changes = await findDumpChanges(reader.rows, [sampleProject], since);
  expect(changes.at(-1)).toMatchObject({ id: waiting, state: 'walking', project: sampleProject });
  expect(changes).toHaveLength(13);
  expect(await findDumpChanges(reader.rows, [], since)).toEqual([]);
});
