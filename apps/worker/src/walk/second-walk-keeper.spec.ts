import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LeaseClient } from '@crashkeep/keeper-wire';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Recipients, WorkerTestbed } from '../worker.testbed.js';

// The keeper as it is built, in a process of its own, and a worker here: they share the socket and the database.
const keeperMain = resolve(import.meta.dirname, '../../../keeper/dist/main.js');
const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../../shared'),
  'fixtures',
);
const missing = !existsSync(fixtures) ? '../shared/fixtures' : existsSync(keeperMain) ? null : 'compiled keeper';
const named = (title: string): string => (missing === null ? title : `${title} (NOT RUN: no ${missing})`);

let bed: WorkerTestbed;
let keeper: ChildProcess | null = null;
beforeAll(async () => {
  bed = await WorkerTestbed.open();
});
afterEach(() => {
  keeper?.kill('SIGKILL');
});
afterAll(() => bed.close());

async function startKeeper(perHour: number): Promise<string> {
  const urlFile = join(bed.folder, 'keeper-url');
  await writeFile(urlFile, bed.keeperUrl, { mode: 0o600 });
  const socket = join(bed.folder, 'leases.sock');
  const env = {
    ...{ PATH: process.env['PATH'], CRASHKEEP_DATABASE_URL_FILE: urlFile, CRASHKEEP_LEASE_SOCKET: socket },
    ...{ CRASHKEEP_KEEPER_KEYS: join(bed.folder, 'keeper'), CRASHKEEP_STATEMENT_KEY_FILE: join(bed.folder, 's.pub') },
    ...{
      CRASHKEEP_EXTRACTION_KEYS: join(bed.folder, 'extraction'),
      CRASHKEEP_MASK_KEY_FILE: join(bed.folder, 'mask.pub'),
    },
    ...{ CRASHKEEP_KEEPER_SOCKET: join(bed.folder, 'keeper.sock'), CRASHKEEP_OBJECTS: `files:${bed.folder}/objects` },
    ...{ CRASHKEEP_PUBLIC_ROOM_URL: 'http://room.localhost:8081' },
    CRASHKEEP_KEEPER_SECOND_WALKS_PER_HOUR: String(perHour),
  };
  // The bed's own recipient is signed by nobody: the keeper makes its rows anew.
  await bed.rows('DELETE FROM strict.recipient');
  keeper = spawn(process.execPath, [keeperMain], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return socket;
}

async function recipients(): Promise<Recipients> {
  const sql = `SELECT id, recipient AS age FROM strict.recipient
    WHERE kind = $1 AND period = to_char(now() AT TIME ZONE 'UTC', $2)`;
  const of = async (kind: string, form: string) => {
    const { id, age } = await bed.until(sql, [kind, form], () => true).catch(() => ({ id: '', age: '' }));
    return { id: String(id), age: String(age) };
  };
  await bed.until('SELECT count(DISTINCT kind)::int AS kinds FROM strict.recipient', [], ({ kinds }) => kinds === 2);
  return { vault: await of('vault', 'YYYY-MM'), extraction: await of('extraction', 'YYYY-MM-DD') };
}

test.skipIf(missing !== null)(
  named('late unwind data: worker and keeper have one dump walked again, and the other waits for the next hour'),
  async () => {
    const socket = await startKeeper(1);
    const sealedTo = await recipients();
    const stop = await bed.work({}, (rooms) => ({ ...rooms, leases: new LeaseClient(socket) }));
    const dump = readFileSync(join(fixtures, 'minidumps/own__clang-inlined__crashpad.dmp'));
    const ids = [await bed.receive(dump, { recipients: sealedTo }), await bed.receive(dump, { recipients: sealedTo })];
    for (const id of ids) await bed.untilStage(id, 'done');
    const text = readFileSync(join(fixtures, 'bin/clang/inlined'));
    await bed.receiveSymbols({ debugFile: 'inlined', debugId: 'B0317B1A56455B0FFCD6DE0C4F81A38B0', kind: 'elf', text });
    const wish = await bed.until(
      'SELECT dump_id, not_before, count(*) OVER ()::int AS open FROM strict.second_walk',
      [],
      ({ open, not_before: notBefore }) => open === 1 && Number(notBefore) > Date.now() + 600_000,
    );
    const walked = ids.find((id) => id !== wish['dump_id']) ?? '';
    const trustOf = async (id: string) => {
      const report = await bed.report(id);
      return report.threads[report.crashing_thread ?? -1]?.frames[1]?.trust;
    };
    expect(await trustOf(walked)).toBe('cfi');
    expect(await trustOf(String(wish['dump_id']))).not.toBe('cfi');
    const leaves = await bed.rows(
      `SELECT process, body::jsonb ->> 'dump' AS dump, (body::jsonb ->> 'used')::int AS used FROM ledger.leaf
       WHERE body LIKE '%dump.extraction-opened%'`,
    );
    expect(leaves).toEqual([{ process: 'keeper', dump: walked, used: 1 }]);
    await stop();
  },
  90_000,
);
