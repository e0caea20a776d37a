import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeeperError } from '@crashkeep/keeper-wire';
import type { WalkRunner } from '@crashkeep/walk';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Rooms } from '../rooms.js';
import { WorkerTestbed } from '../worker.testbed.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../../shared');
const fixtures = join(shared, 'fixtures');
const absent = !existsSync(fixtures);
const named = (title: string): string => (absent ? `${title} (NOT RUN: no ../shared/fixtures)` : title);

const ID = 'B0317B1A56455B0FFCD6DE0C4F81A38B0';
const read = (path: string): Buffer => readFileSync(join(fixtures, path));
const dumpBytes = (): Buffer => read('minidumps/own__clang-inlined__crashpad.dmp');
const program = () => ({
  ...{ debugFile: 'inlined', debugId: ID, kind: 'elf' as const, text: read('bin/clang/inlined') },
});
const debugFile = () => ({
  ...{ debugFile: 'inlined', debugId: ID, kind: 'elf-debug' as const },
  text: read('bin/clang/debug/inlined.debug'),
});

let bed: WorkerTestbed;
let stop: (() => Promise<void>) | null = null;
beforeAll(async () => {
  bed = await WorkerTestbed.open();
});
afterEach(async () => {
  await stop?.();
  stop = null;
  await bed.rows('DELETE FROM strict.second_walk');
  await bed.rows('DELETE FROM strict.symbol_file');
  await bed.rows('DELETE FROM strict.walk');
});
afterAll(() => bed.close());

type Answer = Awaited<ReturnType<NonNullable<Rooms['leases']>['lease']>>;

/** Puts down headers as the keeper does; what it refuses is up to the test. */
function keeper(refuse: (asked: number) => Answer | Error | null = () => null) {
  const asked: string[] = [];
  return {
    asked,
    lease: async ({ dump }: { readonly dump: string }): Promise<Answer> => {
      asked.push(dump);
      const refusal = refuse(asked.length);
      if (refusal instanceof Error) throw refusal;
      if (refusal !== null) return refusal;
      const id = randomUUID();
      await bed.rows(
        `INSERT INTO strict.extraction_lease (id, dump_id, project, purpose, extraction_header, extraction_recipient)
         SELECT $1, id, project, 'second-walk', vault_header, $3 FROM strict.dump WHERE id = $2`,
        ...[id, dump, bed.recipient.id],
      );
      return { lease: id };
    },
  };
}

const work = (leases: Rooms['leases']) => bed.work({}, (rooms) => ({ ...rooms, leases }));
const wishes = (id: string) => bed.rows('SELECT * FROM strict.second_walk WHERE dump_id = $1', id);
const ready = () =>
  bed.until(
    `SELECT count(*)::int AS open FROM strict.symbol_file WHERE state <> 'ready'`,
    [],
    ({ open }) => open === 0,
  );
const secondDone = (id: string) =>
  bed.until('SELECT count(*)::int AS open FROM strict.second_walk WHERE dump_id = $1', [id], ({ open }) => open === 0);
const actsOf = async (id: string) => {
  const rows = await bed.rows(
    `SELECT body::jsonb ->> 'act' AS act FROM ledger.leaf WHERE body LIKE $1 AND body NOT LIKE '%dump.screened%'
     ORDER BY created_at`,
    `%"dump":"${id}"%`,
  );
  return rows.map(({ act }) => act);
};

async function framesOf(id: string) {
  const report = await bed.report(id);
  return report.threads[report.crashing_thread ?? -1]?.frames ?? [];
}

/** Walked without any symbols, then given these. */
async function walkedThen(...files: ReturnType<typeof debugFile | typeof program>[]): Promise<string> {
  const id = await bed.receive(dumpBytes());
  await bed.untilScreened(id);
  for (const file of files) await bed.receiveSymbols(file);
  await ready();
  return id;
}

test.skipIf(absent)(
  named('unwind data that comes late has the dump walked again, with a header of the keeper’s that then goes'),
  async () => {
    const leases = keeper();
    stop = await work(leases);
    const id = await walkedThen(program(), debugFile());
    await secondDone(id);
    const frames = await framesOf(id);
    expect(frames.slice(1, 5).map(({ trust }) => trust)).toEqual(['cfi', 'cfi', 'cfi', 'cfi']);
    expect(frames[4]?.function).toBe('main');
    expect(leases.asked).toEqual([id]);
    const [lease] = await bed.rows('SELECT * FROM strict.extraction_lease WHERE dump_id = $1', id);
    expect(lease).toMatchObject({ extraction_header: null, closed_at: expect.any(Date) as Date });
    expect(await actsOf(id)).toEqual([
      ...['dump.leased', 'dump.walked', 'dump.extraction-closed'],
      ...['dump.leased', 'dump.walked', 'dump.extraction-closed'],
    ]);
    const state = await bed.untilStage(id, 'done');
    expect(Number(state['opened_bytes'])).toBeGreaterThanOrEqual(2 * dumpBytes().length);
    expect(state['attempts']).toBe(1);
    const [walk] = await bed.rows('SELECT forms FROM strict.walk WHERE dump_id = $1', id);
    expect(walk?.['forms']).toHaveLength(2);
    const [report] = await bed.rows(
      `SELECT g.signature FROM lenient.report r JOIN lenient.crash_group g ON g.id = r.group_id WHERE r.id = $1`,
      id,
    );
    expect(report?.['signature']).toBe((await bed.report(id)).signature);
    expect((await bed.report(id)).signature).toContain('geo::load_x');
  },
);

test.skipIf(absent)(named('names alone need none: stored frames get them without a lease'), async () => {
  const leases = keeper();
  stop = await work(leases);
  const id = await walkedThen(debugFile());
  expect((await framesOf(id))[0]?.function).toBe('geo::Square::area() const');
  expect(await wishes(id)).toEqual([]);
  expect(leases.asked).toEqual([]);
});

test.skipIf(absent)(named('a walk that had these symbols is not made again'), async () => {
  const leases = keeper();
  stop = await work(leases);
  await bed.receiveSymbols(program());
  await ready();
  const id = await bed.receive(dumpBytes());
  await bed.untilStage(id, 'done');
  await bed.rows(`UPDATE strict.symbol_file SET state = 'naming'`);
  await ready();
  expect(await wishes(id)).toEqual([]);
  expect(leases.asked).toEqual([]);
});

test.skipIf(absent)(named('with the allowance spent it waits, and its report stands'), async () => {
  const leases = keeper((asked) =>
    asked === 1 ? { refused: 'lease.allowance-spent', again: new Date(Date.now() + 600_000).toISOString() } : null,
  );
  stop = await work(leases);
  const id = await walkedThen(program());
  const row = await bed.until(
    'SELECT * FROM strict.second_walk WHERE dump_id = $1',
    [id],
    ({ not_before: notBefore }) => Number(notBefore) > Date.now() + 500_000,
  );
  expect(row).toMatchObject({ attempts: 0, lease_owner: null });
  expect((await framesOf(id)).length).toBeGreaterThan(1);
  await bed.rows('UPDATE strict.second_walk SET not_before = now() WHERE dump_id = $1', id);
  await secondDone(id);
  expect((await framesOf(id))[1]?.trust).toBe('cfi');
  expect(leases.asked).toHaveLength(2);
});

test.skipIf(absent)(named('with the keeper away it is put off, and no attempt is counted'), async () => {
  const leases = keeper((asked) => (asked === 1 ? new KeeperError('keeper.away') : null));
  stop = await work(leases);
  const id = await walkedThen(program());
  await bed.until('SELECT * FROM strict.second_walk WHERE dump_id = $1', [id], ({ not_before: notBefore }) => {
    return Number(notBefore) > Date.now() + 30_000;
  });
  expect(await wishes(id)).toMatchObject([{ attempts: 0 }]);
});

test.skipIf(absent)(
  named('of a dump that was shredded meanwhile nothing is left to walk, nor is anything written'),
  async () => {
    const leases = keeper(() => ({ refused: 'lease.dump-gone', again: null }));
    stop = await work(null);
    const id = await walkedThen(program());
    expect(await wishes(id)).toHaveLength(1);
    await stop();
    const before = await framesOf(id);
    await bed.rows('UPDATE strict.dump SET vault_header = NULL, shredded_at = now() WHERE id = $1', id);
    expect(await wishes(id)).toEqual([]);
    stop = await work(leases);
    await bed.rows(`INSERT INTO strict.second_walk (dump_id, project, symbols) VALUES ($1, 'default', $1)`, id);
    await secondDone(id);
    expect(leases.asked).toEqual([]);
    expect(await framesOf(id)).toEqual(before);
  },
);

test.skipIf(absent)(named('shredded while it is walked: the walk is thrown away'), async () => {
  const shredding = keeper();
  let id = '';
  stop = await bed.work({}, (rooms) => ({
    ...rooms,
    leases: shredding,
    runner: new Proxy(rooms.runner, {
      get: (target, name: keyof WalkRunner) =>
        name === 'walk' && shredding.asked.length > 0
          ? async (job: Parameters<WalkRunner['walk']>[0]) => {
              const walk = await target.walk(job);
              await bed.rows('UPDATE strict.dump SET vault_header = NULL, shredded_at = now() WHERE id = $1', id);
              return walk;
            }
          : (target[name] as (...given: unknown[]) => unknown).bind(target),
    }),
  }));
  id = await bed.receive(dumpBytes());
  await bed.untilScreened(id);
  const before = await framesOf(id);
  await bed.receiveSymbols(program());
  await ready();
  await secondDone(id);
  await bed.until(
    'SELECT count(*)::int AS n FROM strict.extraction_lease WHERE closed_at IS NULL',
    [],
    ({ n }) => n === 0,
  );
  // Shredding takes the wish and the header at once; the walk learns of it when it wants to write.
  await vi.waitFor(() => {
    expect(bed.logged.join('\n')).toContain('second-walk.lease-lost');
  }, 20_000);
  expect((await framesOf(id)).map(({ trust }) => trust)).toEqual(before.map(({ trust }) => trust));
  expect(await actsOf(id)).toEqual(['dump.leased', 'dump.walked', 'dump.extraction-closed', 'dump.leased']);
});

test.skipIf(absent)(
  named('a header that does not open is closed, and after its attempts the report stays as it was'),
  async () => {
    const leases = keeper();
    stop = await work({
      lease: async (request) => {
        const answer = await leases.lease(request);
        await bed.rows(`UPDATE strict.extraction_lease SET extraction_header = '\\x00' WHERE closed_at IS NULL`);
        return answer;
      },
    });
    const id = await walkedThen(program());
    const before = await framesOf(id);
    await secondDone(id);
    expect(leases.asked).toHaveLength(3);
    expect(await framesOf(id)).toEqual(before);
    expect(await bed.rows('SELECT FROM strict.extraction_lease WHERE closed_at IS NULL')).toEqual([]);
    expect(await bed.untilStage(id, 'done')).toMatchObject({ failure: null });
  },
);
