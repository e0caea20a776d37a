import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endNoted, notePid, notedPid } from './process-identity.js';

let folder: string;
const file = (): string => join(folder, 'app.pid');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ck-pid-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what a killed start left is ended', async () => {
  const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  notePid(file(), orphan.pid ?? 0);
  expect(notedPid(file())).toBe(orphan.pid);
  const ended = new Promise((resolve) =>
    orphan.once('exit', (_code, signal) => {
      resolve(signal);
    }),
  );
  expect(await endNoted(file(), 2000)).toBe(true);
  expect(await ended).toBe('SIGTERM');
  expect(existsSync(file())).toBe(false);
});

test('one that does not listen is ended all the same', async () => {
  const deaf = spawn('sh', ['-c', "trap '' TERM; echo up; while :; do sleep 0.1; done"], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => deaf.stdout.once('data', resolve));
  notePid(file(), deaf.pid ?? 0);
  const ended = new Promise((resolve) =>
    deaf.once('exit', (_code, signal) => {
      resolve(signal);
    }),
  );
  await endNoted(file(), 300);
  expect(await ended).toBe('SIGKILL');
});

test.skipIf(process.platform !== 'linux')(
  'a number that went to another process since is left alone (needs /proc)',
  async () => {
    notePid(file(), process.pid);
    const noted = JSON.parse(readFileSync(file(), 'utf8')) as { startTicks: string };
    writeFileSync(file(), JSON.stringify({ pid: process.pid, startTicks: String(Number(noted.startTicks) - 1) }));
    expect(notedPid(file())).toBeNull();
    expect(await endNoted(file(), 10)).toBe(false);
  },
);

test.each(['', 'x', '{}', '{"pid":1,"startTicks":null}', '{"pid":-1,"startTicks":null}'])(
  'a file of %j names nobody',
  (text) => {
    writeFileSync(file(), text);
    expect(notedPid(file())).toBeNull();
  },
);
