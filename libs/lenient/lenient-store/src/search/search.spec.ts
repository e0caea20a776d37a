import { type ProjectId, ProjectIdText } from '@crashkeep/ids';
import { type Query, parseQuery } from '@crashkeep/query';
import type { LenientReport } from '@crashkeep/report';
import { type TestDatabase, testDatabase } from '@crashkeep/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type LenientStore,
  completeQuery,
  findFacets,
  openLenientStore,
  searchReports,
  topCrashers,
} from '../index.js';
import { sampleProject, sampleReport, write } from '../sample-rows.js';

let database: TestDatabase;
let worker: LenientStore;
let reader: LenientStore;
const DAY = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY) * DAY;
const other: ProjectId = ProjectIdText.parse('other');
const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T;

const reports = Array.from({ length: 120 }, (_, i) =>
  sampleReport({
    signature: pick(['relay::find', 'relay::drop', 'Map<int>::at | 100%', 'net_send'], i ^ (i >> 3)),
    receivedAt: TODAY - pick([0, 0, 0, 1, 1, 8, 9], i) * DAY + i * 1000,
    version: pick(['1.0', '1.1', '2.0-beta', null], i),
    os: pick(['linux', 'windows', 'mac'], i * 7),
    channel: pick(['stable', 'beta', null], i * 3),
    cpu: pick(['amd64', 'arm64'], i >> 2),
    uptime: pick([null, 5, 60, 4000], i >> 1),
    frames: [
      { module: pick(['relay.exe', 'libnet.so'], i), function: pick(['relay::find', 'Net::Send', null], i) },
      { module: 'libc.so', function: 'main' },
    ],
    modules: [pick(['ntdll.dll', 'hook.dll'], i >> 3)],
  }),
);

beforeAll(async () => {
  database = await testDatabase();
  worker = openLenientStore(database.urlFor('ck_worker'));
  reader = openLenientStore(database.urlFor('ck_lenient_api'));
  for (const report of reports) await write(worker, report);
  await write(
    worker,
    sampleReport({ signature: 'relay::find', frames: [{ module: 'secret.so', function: 'x' }] }),
    other,
  );
});
afterAll(() => Promise.all([worker.close(), reader.close()]));

const time = { from: new Date(TODAY - 30 * DAY), to: new Date(TODAY + DAY) };
const asked = (text: string) => ({ project: sampleProject, query: parseQuery(text), ...time });

function countBy(values: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}

/** What a search means, over the reports themselves. */
function fits(query: Query, report: LenientReport): boolean {
  if (query.kind === 'not') return !fits(query.part, report);
  if (query.kind !== 'match') {
    return query.kind === 'every'
      ? query.parts.every((it) => fits(it, report))
      : query.parts.some((it) => fits(it, report));
  }
  const wanted = query.test;
  const values = valuesOf(report, query.field).map((it) => it.toLowerCase());
  switch (wanted.is) {
    case 'there':
      return values.length > 0;
    case 'equal':
      return values.includes(wanted.value.toLowerCase());
    case 'containing':
      return values.some((it) => it.includes(wanted.value.toLowerCase()));
    case 'like': {
      const parts = wanted.pattern
        .toLowerCase()
        .split('*')
        .map((it: string) => it.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
      return values.some((it) => new RegExp(`^${parts.join('.*')}$`).test(it));
    }
    case 'within':
      return values.some((it) => Number(it) >= (wanted.least ?? -Infinity) && Number(it) <= (wanted.most ?? Infinity));
  }
}

function valuesOf(report: LenientReport, field: string): string[] {
  const frames = report.threads[0]?.frames ?? [];
  const many: Record<string, readonly (string | null)[]> = {
    module: report.modules.map((it) => it.name),
    function: frames.map((it) => it.function),
    missing_symbols: frames.flatMap((it) => (report.modules[it.module_index ?? -1]?.symbols_loaded ? [] : [it.module])),
    received: [String(report.received_at * 1000)],
    uptime: [report.uptime === null ? null : String(report.uptime)],
  };
  const one = report[field as 'version'];
  return (many[field] ?? [one]).flatMap((it) => (it === null ? [] : [it]));
}

describe('a search finds what it means, and nothing of another project', () => {
  test.each([
    '',
    'relay',
    '100%',
    'version:1.0',
    '-version:1.0',
    'version:1.*',
    'version~BETA',
    'has:version',
    '-has:channel',
    'os:linux,mac cpu:arm64',
    'uptime<1m',
    '-uptime<1m',
    'uptime:5..60',
    'function:"Net::Send" OR module:hook.dll',
    'function~send -os:windows',
    '-module~dll',
    'missing_symbols:*',
    'module:nowhere.dll',
    '-(signature~relay OR os:mac) channel:beta',
    'received>-3d os:windows',
    'module:secret.so',
    'signature:relay::find version:1.1',
  ])('%s', async (text) => {
    const expected = reports.filter((it) => fits(parseQuery(text), it)).map((it) => it.id);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchReports(reader.rows, { ...asked(text), size: 50, cursor });
      found.push(...page.reports.map((it) => it.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(found.sort()).toEqual(expected.sort());
    const { total } = await findFacets(reader.rows, asked(text), ['os']);
    expect(total).toEqual({ count: expected.length, complete: true });
    const top = await topCrashers(reader.rows, { ...asked(text), to: new Date(TODAY), size: 100 });
    expect(top.complete).toBe(true);
    const signatures = reports.filter((it) => fits(parseQuery(text), it)).map((it) => it.signature as string);
    expect(Object.fromEntries(top.crashers.map((it) => [it.signature, it.count]))).toEqual(countBy(signatures));
  });

  test('of some time only', async () => {
    const page = await searchReports(reader.rows, {
      ...asked(''),
      from: new Date(TODAY - DAY),
      to: new Date(TODAY),
      size: 100,
    });
    const expected = reports.filter((it) => it.received_at * 1000 >= TODAY - DAY && it.received_at * 1000 < TODAY);
    expect(page.reports.map((it) => it.id).sort()).toEqual(expected.map((it) => it.id).sort());
  });
});

test.each(['', 'os:linux', 'function~send', 'module:hook.dll version:1.0'])(
  'facets of %j count what is there',
  async (text) => {
    const found = reports.filter((it) => fits(parseQuery(text), it));
    const { facets, days } = await findFacets(reader.rows, asked(text), [
      'version',
      'os',
      'module',
      'uptime',
      'signature',
    ]);
    expect(facets.map((it) => it.field)).toEqual(['version', 'os', 'module', 'uptime', 'signature']);
    for (const facet of facets.filter((it) => it.field !== 'uptime')) {
      const values = found.flatMap((it) => {
        const own = valuesOf(it, facet.field);
        return own.length === 0 ? [null] : own;
      });
      expect(Object.fromEntries(facet.values.map((it) => [it.value, it.count])), facet.field).toEqual(countBy(values));
    }
    expect(days.reduce((sum, it) => sum + it.count, 0)).toBe(found.length);
  },
);

test('a search that would read every name is refused', async () => {
  const names = Array.from({ length: 500 }, (_, i) => ({ module: `m${String(i)}.so`, function: null }));
  for (let i = 0; i < 5; i++) {
    const modules = Array.from({ length: 500 }, (_, k) => `flood-${String(i)}-${String(k)}.so`);
    await write(worker, sampleReport({ signature: 'flood', frames: names.slice(0, 1), modules }), other);
  }
  const search = searchReports(reader.rows, { ...asked('module~flood'), project: other });
  await expect(search).rejects.toThrow('lenient-store.too-many-names');
});

test('a search that takes too long is given up', async () => {
  const hasty = openLenientStore(database.urlFor('ck_lenient_api'), { connections: 1, statementMs: 1 });
  const searches = async () => {
    for (let i = 0; i < 50; i++) await findFacets(hasty.rows, asked('function~a uptime>1'), ['module', 'function']);
  };
  await expect(searches()).rejects.toThrow('lenient-store.too-broad');
  await hasty.close();
});

describe('completion', () => {
  const texts = async (text: string) =>
    (await completeQuery(reader.rows, sampleProject, { text, at: text.length })).choices.map((it) => it.text);
  test.each<[string, string[]]>([
    ['ver', ['version:', 'os_version:']],
    ['os:li', ['linux']],
    ['version:2', ['2.0-beta']],
    ['module:hook', ['hook.dll']],
    ['module:secret', []],
    ['function:"net', ['Net::Send']],
    ['signature:map', ['"Map<int>::at | 100%"']],
    ['reason:sigs', ['"SIGSEGV / SEGV_MAPERR"']],
    ['nowhere:x', []],
  ])('of %j', async (text, choices) => {
    expect(await texts(text)).toEqual(choices);
  });
});

describe('top crashers', () => {
  const top = async (text: string, from: number, to: number) =>
    topCrashers(reader.rows, {
      project: sampleProject,
      query: parseQuery(text),
      from: new Date(from),
      to: new Date(to),
    });

  test('against the days before, with rank, trend and marks', async () => {
    const { crashers, reports: count, reportsBefore, groups } = await top('', TODAY - 6 * DAY, TODAY);
    const inside = reports.filter((it) => it.received_at * 1000 >= TODAY - 6 * DAY);
    expect(count).toBe(inside.length);
    expect(count + reportsBefore).toBe(reports.length);
    expect(groups).toBe(crashers.length);
    expect(crashers.map((it) => it.rank)).toEqual(crashers.map((_, i) => i + 1));
    expect(crashers.map((it) => it.count)).toEqual(crashers.map((it) => it.count).sort((a, b) => b - a));
    for (const it of crashers) {
      expect(it.trend).toHaveLength(7);
      expect(it.trend.reduce((a, b) => a + b)).toBe(it.count);
      expect(it.isNew).toBe(it.firstSeen.getTime() >= TODAY - 6 * DAY);
    }
  });

  test('page by page', async () => {
    const query = parseQuery('');
    const page = async (skip: number) =>
      topCrashers(reader.rows, { project: sampleProject, query, ...time, to: new Date(TODAY), skip, size: 2 });
    const [first, second] = [await page(0), await page(2)];
    expect([...first.crashers, ...second.crashers].map((it) => it.rank)).toEqual([1, 2, 3, 4]);
    expect([first.more, second.more]).toEqual([true, false]);
  });
});
