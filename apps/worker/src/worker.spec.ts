import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sampleDump, sampleSymbols, stackAt, synthMinidump } from '@crashkeep/synth';
import { type ObjectStore, ObjectStoreError } from '@crashkeep/strict-store';
import { WalkRunner } from '@crashkeep/walk';
import { WorkerTestbed } from './worker.testbed.js';

/** Says that it is ready, takes a job, and dies. */
const DYING_CHILD = `
import { readSync, writeSync } from 'node:fs';
const json = Buffer.from(JSON.stringify({ coreFilter: true, notDumpable: true, memoryLimit: true, seccomp: true }));
const head = Buffer.alloc(8);
head.writeUInt32LE(4 + json.length, 0);
head[4] = 1;
writeSync(4, Buffer.concat([head, json]));
readSync(3, Buffer.alloc(4));
process.exit(1);
`;

/** The store, but that reads of some keys fail for as long as it is away. */
function unreliable(store: ObjectStore, isAway: (key: string) => boolean): ObjectStore {
  return new Proxy(store, {
    get: (target, name: keyof ObjectStore) =>
      name === 'read'
        ? (key: string, offset: number, length: number) =>
            isAway(key) ? Promise.reject(new ObjectStoreError('object.store-away')) : target.read(key, offset, length)
        : (target[name] as (...given: unknown[]) => unknown).bind(target),
  });
}

/** The runner, but that a walk's result is held back. */
function slowed(runner: WalkRunner, hold: () => Promise<void>): WalkRunner {
  return new Proxy(runner, {
    get: (target, name: keyof WalkRunner) =>
      name === 'walk'
        ? async (job: Parameters<WalkRunner['walk']>[0]) => {
            const walk = await target.walk(job);
            await hold();
            return walk;
          }
        : (target[name] as (...given: unknown[]) => unknown).bind(target),
  });
}

let bed: WorkerTestbed;
let stop: (() => Promise<void>) | null = null;
beforeAll(async () => {
  bed = await WorkerTestbed.open();
});
afterEach(async () => {
  await stop?.();
  stop = null;
});
afterAll(async () => {
  await bed.close();
});

const framesOf = async (id: string) => {
  const report = await bed.report(id);
  return report.threads[report.crashing_thread ?? -1]?.frames ?? [];
};

const formOf = async (debugFile: string) => {
  const sql = 'SELECT form_key, state FROM strict.symbol_file WHERE debug_file = $1';
  return bed.until(sql, [debugFile], ({ state }) => state === 'ready');
};

test('a dump that nobody announced is walked and screened: report, state, walk and leaves, and its header is gone', async () => {
  stop = await bed.work();
  const id = await bed.receive(sampleDump());
  const state = await bed.untilStage(id, 'done');
  expect(state).toMatchObject({ failure: null, attempts: 1 });
  expect(Number(state['opened_bytes'])).toBeGreaterThanOrEqual(sampleDump().length);
  const report = await bed.report(id);
  expect(report).toMatchObject({ id, product: 'Lantern', version: '2.4.1', crash_reason: 'SIGSEGV / SEGV_MAPERR' });
  expect(report.crash_address).toBe('null+0x18');
  expect((await framesOf(id)).length).toBeGreaterThan(3);
  await bed.untilScreened(id);
  const [dump] = await bed.rows('SELECT state, extraction_header, lease_owner FROM strict.dump WHERE id = $1', id);
  expect(dump).toEqual({ state: 'done', extraction_header: null, lease_owner: null });
  const [walk] = await bed.rows('SELECT walker, result FROM strict.walk WHERE dump_id = $1', id);
  expect(walk).toMatchObject({ walker: 1, result: { processId: null, readSet: [] } });
  const leaves = await bed.rows(
    'SELECT process, body::jsonb ->> $2 AS act FROM ledger.leaf WHERE body LIKE $1 ORDER BY created_at',
    `%${id}%`,
    'act',
  );
  const acts = ['dump.leased', 'dump.walked', 'dump.screened', 'dump.extraction-closed'];
  expect(leaves.map(({ act }) => act)).toEqual(acts);
});

describe('symbols', () => {
  test('that come late name a stored walk without its dump, and move the report to the group they give it', async () => {
    stop = await bed.work();
    const id = await bed.receive(sampleDump());
    await bed.untilStage(id, 'done');
    expect((await framesOf(id))[0]?.function).toBeNull();
    const before = (await bed.report(id)).signature;
    await bed.dumps.delete(`${id.slice(0, 2)}/${id}.dump`);
    for (const file of sampleSymbols()) await bed.receiveSymbols(file);
    await bed.until(
      'SELECT count(*)::int AS open FROM strict.symbol_file WHERE state <> $1',
      ['ready'],
      ({ open }) => open === 0,
    );
    const [frame] = await framesOf(id);
    expect(frame?.function).toMatch(/find/);
    expect(frame?.file).not.toBeNull();
    expect((await bed.report(id)).signature).not.toBe(before);
    const groups = await bed.rows(
      'SELECT g.signature, g.count FROM lenient.crash_group g JOIN lenient.report r ON r.group_id = g.id WHERE r.id = $1',
      id,
    );
    expect(groups[0]?.['signature']).toBe((await bed.report(id)).signature);
  });

  test('that are there already name a walk at once', async () => {
    stop = await bed.work();
    const id = await bed.receive(sampleDump());
    await bed.untilStage(id, 'done');
    expect((await framesOf(id))[0]?.function).toMatch(/find/);
  });

  test('that are being converted are waited for, and no longer than told', async () => {
    let away = true;
    stop = await bed.work({}, (rooms) => ({
      ...rooms,
      symbols: unreliable(rooms.symbols, (key) => away && key.endsWith('.sym')),
    }));
    await bed.receiveSymbols({
      debugFile: 'late',
      debugId: 'B'.repeat(33),
      text: `MODULE Linux x86_64 ${'B'.repeat(33)} late\n`,
    });
    const old = await bed.receive(sampleDump(), { receivedAt: new Date(Date.now() - 61_000) });
    const fresh = await bed.receive(sampleDump());
    await bed.untilStage(old, 'done');
    expect(await bed.untilStage(fresh, 'queued')).toMatchObject({ attempts: 0 });
    away = false;
    await bed.untilStage(fresh, 'done');
  });

  test('that begin to serve while a walk is under way name it all the same', async () => {
    let walked = (): void => undefined;
    let release = (): void => undefined;
    const isWalked = new Promise<void>((resolve) => (walked = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    stop = await bed.work({ symbolWaitMs: 0 }, (rooms) => ({
      ...rooms,
      runner: slowed(rooms.runner, async () => {
        walked();
        await gate;
      }),
    }));
    const debugId = `${'AB'.repeat(16)}0`;
    const dump = synthMinidump()
      .module({ name: '/opt/race', base: 0x40_0000n, size: 0x1000, debug: { kind: 'elf', buildId: 'ab'.repeat(20) } })
      .thread({ id: 1, registers: { rip: 0x40_0120n, rsp: 0x7ffd_0000n }, stack: stackAt(0x7ffd_0000n)`| 0 | x8` })
      .exception({ threadId: 1, code: 11, address: 0n });
    const id = await bed.receive(dump.bytes());
    await isWalked;
    const text = `MODULE Linux x86_64 ${debugId} race\nFUNC 100 100 0 racing\n`;
    const file = await bed.receiveSymbols({ debugFile: 'race', debugId, text });
    await bed.until('SELECT state FROM strict.symbol_file WHERE id = $1', [file], ({ state }) => state === 'ready');
    release();
    await bed.untilStage(id, 'done');
    expect((await framesOf(id))[0]?.function).toBe('racing');
  });

  test('whose form was changed in the store are converted again, and the walk has true names', async () => {
    const file = await formOf('lantern');
    const path = join(bed.folder, 'objects', 'symbols', String(file['form_key']));
    const sound = readFileSync(path);
    const forged = Buffer.from(sound);
    const at = forged.indexOf('find');
    expect(at).toBeGreaterThan(0);
    forged.write('evil', at, 'latin1');
    writeFileSync(path, forged);
    stop = await bed.work();
    const id = await bed.receive(sampleDump());
    await bed.untilStage(id, 'done');
    expect((await framesOf(id))[0]?.function).toMatch(/find/);
    expect(bed.logged.join('\n')).toContain('symbols.form-damaged');
    expect((await formOf('lantern'))['form_key']).toBe(file['form_key']);
    expect(readFileSync(path).equals(sound)).toBe(true);
  });

  test('whose upload was changed in the store are refused', async () => {
    const debugId = 'D'.repeat(33);
    const id = await bed.receiveSymbols({ debugFile: 'x', debugId, text: `MODULE Linux x86_64 ${debugId} x\n` });
    const [row] = await bed.rows('SELECT object_key FROM strict.symbol_file WHERE id = $1', id);
    const path = join(bed.folder, 'objects', 'symbols', String(row?.['object_key']));
    writeFileSync(path, `MODULE Linux x86_64 ${debugId} y\n`);
    stop = await bed.work();
    const of = ['SELECT state, failure FROM strict.symbol_file WHERE id = $1', [id]] as const;
    const { failure } = await bed.until(of[0], [...of[1]], ({ state }) => state === 'refused');
    expect(failure).toBe('walk.not-symbols');
  });

  test('that are none are refused with a code, and hold nobody up', async () => {
    stop = await bed.work();
    const id = await bed.receiveSymbols({ debugFile: 'x', debugId: 'A'.repeat(33), text: 'MODULE nonsense' });
    const row = await bed.until(
      'SELECT state, failure FROM strict.symbol_file WHERE id = $1',
      [id],
      ({ state }) => state === 'refused',
    );
    expect(row['failure']).toBe('walk.not-symbols');
  });
});

describe('what cannot be walked', () => {
  test('is parked with its reason at once where a further try would end the same', async () => {
    stop = await bed.work();
    const id = await bed.receive(Buffer.from('MDMP but no more than that'));
    expect(await bed.untilStage(id, 'failed')).toMatchObject({ failure: 'minidump.truncated-header', attempts: 1 });
    const [dump] = await bed.rows(
      'SELECT state, failure, vault_header IS NULL AS shredded FROM strict.dump WHERE id = $1',
      id,
    );
    expect(dump).toEqual({ state: 'failed', failure: 'minidump.truncated-header', shredded: false });
  });

  test('is tried so many times where it kills its child, and the worker lives', async () => {
    const program = join(bed.folder, 'dying-child.mjs');
    writeFileSync(program, DYING_CHILD);
    stop = await bed.work({}, (rooms) => ({ ...rooms, runner: new WalkRunner({ program }) }));
    const id = await bed.receive(sampleDump());
    expect(await bed.untilStage(id, 'failed')).toMatchObject({ failure: 'walk.child-died', attempts: 3 });
    const acts = await bed.rows('SELECT body FROM ledger.leaf WHERE body LIKE $1', `%"dump":"${id}"%`);
    expect(acts.filter(({ body }) => String(body).includes('dump.leased'))).toHaveLength(3);
    expect(acts.filter(({ body }) => String(body).includes('dump.walk-failed'))).toHaveLength(1);
  });

  test("does not open with another dump's header", async () => {
    const [id, other] = [await bed.receive(sampleDump()), await bed.receive(sampleDump())];
    await bed.rows(
      `UPDATE strict.dump a SET extraction_header = b.extraction_header FROM strict.dump b WHERE a.id = $1 AND b.id = $2`,
      ...[id, other],
    );
    stop = await bed.work();
    expect(await bed.untilStage(id, 'failed')).toMatchObject({ failure: 'envelope.does-not-open', attempts: 1 });
  });

  test("does not open another dump's payload", async () => {
    const [id, other] = [await bed.receive(sampleDump()), await bed.receive(sampleDump())];
    const [row] = await bed.rows('SELECT object_key FROM strict.dump WHERE id = $1', other);
    await bed.rows("UPDATE strict.dump SET object_key = 'set/aside', state = 'done' WHERE id = $1", other);
    await bed.rows('UPDATE strict.dump SET object_key = $2 WHERE id = $1', id, row?.['object_key']);
    stop = await bed.work();
    expect(await bed.untilStage(id, 'failed')).toMatchObject({ failure: 'envelope.does-not-open', attempts: 1 });
  });

  test('is parked when the last of its attempts took the worker with it', async () => {
    const id = await bed.receive(sampleDump());
    await bed.rows(
      "UPDATE strict.dump SET state = 'walking', attempts = 3, leased_at = now() - interval '1 hour', lease_owner = 'dead' WHERE id = $1",
      id,
    );
    stop = await bed.work();
    expect(await bed.untilStage(id, 'failed')).toMatchObject({ failure: 'walk.too-many-attempts' });
  });
});

test('a store that is away costs no attempt', async () => {
  let away = true;
  stop = await bed.work({ retryMs: 100 }, (rooms) => ({
    ...rooms,
    dumps: unreliable(rooms.dumps, () => away),
  }));
  const id = await bed.receive(sampleDump());
  await bed.until(
    'SELECT failure FROM strict.dump WHERE id = $1',
    [id],
    ({ failure }) => failure === 'store.unavailable',
  );
  away = false;
  await bed.untilStage(id, 'done');
  expect((await bed.rows('SELECT attempts FROM strict.dump WHERE id = $1', id))[0]?.['attempts']).toBe(1);
});

test('nothing that was planted in dumps stands in what the worker logged', () => {
  expect(bed.logged.length).toBeGreaterThan(5);
  expect(bed.logged.join('\n')).not.toMatch(/AKIA|hV9sT0mYk3Qz|Pictures/);
});
