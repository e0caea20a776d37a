import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDump } from '@crashkeep/synth';
import { WorkerTestbed } from './worker.testbed.js';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const processes: ChildProcess[] = [];
let bed: WorkerTestbed;
beforeAll(async () => {
  if (!existsSync(PROGRAM)) throw new Error('The worker is not compiled. Run: npx tsc -b apps/worker');
  bed = await WorkerTestbed.open();
  writeFileSync(join(bed.folder, 'database-url'), bed.workerUrl, { mode: 0o600 });
});
afterAll(async () => {
  for (const child of processes) child.kill('SIGKILL');
  await bed.close();
});

/** The worker as a process of its own, as standalone starts it. */
function startWorker(): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      CRASHKEEP_DATABASE_URL_FILE: join(bed.folder, 'database-url'),
      CRASHKEEP_OBJECTS: `files:${join(bed.folder, 'objects')}`,
      CRASHKEEP_EXTRACTION_KEYS: join(bed.folder, 'extraction'),
      CRASHKEEP_SCREEN_KEYS: join(bed.folder, 'screen'),
      CRASHKEEP_MASK_KEY_FILE: join(bed.folder, 'mask.pub'),
      CRASHKEEP_WORKER_SWEEP_MS: '200',
      CRASHKEEP_WORKER_LEASE_MS: '1500',
    },
  });
  processes.push(child);
  return child;
}

test('a worker that is killed in mid-walk loses nothing: another one brings the report', async () => {
  const id = await bed.receive(sampleDump());
  const payload = join(bed.folder, 'objects', 'dumps', id.slice(0, 2), `${id}.dump`);
  expect(existsSync(payload)).toBe(true);
  renameSync(payload, `${payload}.kept`);
  // A pipe that nobody writes to: the first worker gets no further than opening it.
  execFileSync('mkfifo', [payload]);

  const first = startWorker();
  await bed.until('SELECT state, lease_owner FROM strict.dump WHERE id = $1', [id], ({ state }) => state === 'walking');
  first.kill('SIGKILL');
  await new Promise((resolve) => first.once('exit', resolve));
  rmSync(payload);
  renameSync(`${payload}.kept`, payload);
  expect(await bed.rows('SELECT 1 FROM lenient.report WHERE id = $1', id)).toEqual([]);

  startWorker();
  expect(await bed.untilStage(id, 'done')).toMatchObject({ attempts: 2, failure: null });
  expect((await bed.report(id)).crash_reason).toBe('SIGSEGV / SEGV_MAPERR');
});
