import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DumpSyms } from '@crashkeep/walk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkerTestbed } from '../worker.testbed.js';

const shared = process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../../shared');
const windows = join(shared, 'fixtures/winx64');
const cached = join(homedir(), '.cache/crashkeep/bin/dump_syms');
const tool = DumpSyms.find(process.env['CRASHKEEP_DUMP_SYMS'] ?? (existsSync(cached) ? cached : null));
const missing = !existsSync(windows) ? '../shared/fixtures' : tool === null ? 'dump_syms' : null;
const named = (title: string): string => (missing === null ? title : `${title} (NOT RUN: no ${missing})`);

const [DEBUG_FILE, DEBUG_ID] = ['nullderef-c.pdb', 'AB7DB8A2DB68D65C4C4C44205044422E1'];
const unpacked = (path: string): Buffer => gunzipSync(readFileSync(join(windows, path)));

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await WorkerTestbed.open();
});
afterAll(() => bed.close());

const settled = (id: string, wanted: string) =>
  bed.until('SELECT state, failure FROM strict.symbol_file WHERE id = $1', [id], ({ state }) => state === wanted);

test.skipIf(missing !== null)(
  named('a PDB waits for a worker that has dump_syms; then it names what its image unwinds'),
  async () => {
    const text = readFileSync(join(windows, 'bin/nullderef-c.exe'));
    const name = { debugFile: DEBUG_FILE, debugId: DEBUG_ID };
    await bed.receiveSymbols({ ...name, kind: 'pe', codeFile: 'nullderef-c.exe', text });
    const pdb = await bed.receiveSymbols({ ...name, kind: 'pdb', text: unpacked('pdb/nullderef-c.pdb.gz') });
    const stop = await bed.work();
    expect((await settled(pdb, 'refused'))['failure']).toBe('walk.no-dump-syms');
    await stop();

    const temporary = readdirSync(tmpdir()).filter((one) => one.startsWith('crashkeep-symbols-')).length;
    const stopAgain = await bed.work({}, (rooms) => ({ ...rooms, dumpSyms: tool }));
    expect((await settled(pdb, 'ready'))['failure']).toBeNull();
    const id = await bed.receive(unpacked('minidumps/nullderef-c.dmp.gz'));
    await bed.untilStage(id, 'done');
    const report = await bed.report(id);
    const frames = report.threads[report.crashing_thread ?? -1]?.frames ?? [];
    expect(frames.slice(0, 3).map(({ function: name, trust }) => [name?.split('(')[0], trust])).toEqual([
      ['level12', 'context'],
      ['level11', 'cfi'],
      ['level10', 'cfi'],
    ]);
    expect(frames[0]?.line).toBeGreaterThan(0);
    await stopAgain();
    expect(readdirSync(tmpdir()).filter((one) => one.startsWith('crashkeep-symbols-'))).toHaveLength(temporary);
  },
);

test.skipIf(missing !== null)(named('a PDB of another id than its address, and junk, are refused'), async () => {
  const stop = await bed.work({}, (rooms) => ({ ...rooms, dumpSyms: tool }));
  const bytes = unpacked('pdb/nullderef-c.pdb.gz');
  const other = { debugFile: 'other.pdb', debugId: DEBUG_ID.replace('AB', 'CD'), kind: 'pdb' as const, text: bytes };
  const junk = {
    ...other,
    debugFile: 'junk.pdb',
    text: Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(9000, 238)]),
  };
  for (const file of [other, junk]) {
    expect((await settled(await bed.receiveSymbols(file), 'refused'))['failure']).toBe('walk.not-symbols');
  }
  await stop();
});
