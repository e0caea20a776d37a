import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDump } from './harness/sample.js';
import { filesUnder, formsOf } from './harness/search.js';
import { curlDump, untilWalked } from './harness/upload.js';
import { type Vault, root, startVault, throwAway } from './harness/vault.js';

const CANARY = 'canary-7f3b2c9e41d0a865';
const APPS = ['keeper', 'sequencer', 'worker', 'ingest', 'strict-api', 'lenient-api'];
/** A program of ours that dies as any would: does this machine leave cores at all, and where? */
const leavesCores = controlCore();
const note = leavesCores ? '' : ' (this machine leaves no core file in the working folder)';

let vault: Vault;
beforeAll(async () => {
  if (leavesCores) vault = await startVault();
});
afterAll(async () => {
  if (leavesCores) await throwAway(vault);
});

test.skipIf(!leavesCores)(
  `each process is aborted, and what is left holds neither a dump's bytes nor a key${note}`,
  async () => {
    const id = await curlDump(`${vault.ingest}/submit?token=${await vault.token('ingest')}`, dumpWithCanary(), {
      secret: CANARY,
    });
    await untilWalked(vault, await vault.token('read'), id);
    const before = Date.now();
    const doomed = processesOf(vault);
    for (const app of APPS)
      expect(doomed.map(({ args }) => args).join('\n')).toMatch(new RegExp(`apps/${app}/dist/(?:bundle/)?main\\.js`));
    expect(doomed.some(({ args }) => args.includes('walk/dist/child'))).toBe(true);
    for (const { pid } of doomed) process.kill(pid, 'SIGABRT');
    await sleep(3000);
    const needles = [...formsOf(CANARY), ...keysOf(vault.home)];
    const left = coresSince(before, [root, vault.home, '/', ...APPS.map((app) => join(root, 'apps', app))]);
    for (const core of left) {
      const bytes = readFileSync(core);
      expect({ core, holds: needles.some((needle) => bytes.includes(needle)) }).toEqual({ core, holds: false });
      rmSync(core);
    }
  },
);

/** The sample that standalone brings, with a canary behind its end: it is sealed and opened like the rest. */
function dumpWithCanary(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'crashkeep-abort-')), 'canary.dmp');
  writeFileSync(file, Buffer.concat([sampleDump(), Buffer.from(CANARY)]));
  return file;
}

function processesOf({ home, process: started }: Vault): { readonly pid: number; readonly args: string }[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,pgid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const all = rows.map((row) => {
    const [pid, , ppid, ...args] = row.trim().split(/\s+/);
    return { pid: Number(pid), ppid: Number(ppid), args: args.join(' ') };
  });
  const family = new Set([started.pid]);
  for (let grown = 0; grown !== family.size;) {
    grown = family.size;
    for (const { pid, ppid } of all) if (family.has(ppid)) family.add(pid);
  }
  return all.filter(
    ({ pid, args }) =>
      family.has(pid) &&
      /(?:apps\/[\w-]+\/dist\/(?:bundle\/)?main\.js|walk\/dist\/child)/.test(args) &&
      !args.includes('standalone') &&
      !args.includes(`-D ${home}`),
  );
}

/** Every age identity in the state folder, as text and as the raw 32 bytes that it stands for. */
function keysOf(home: string): Buffer[] {
  const texts = filesUnder(join(home, 'keys')).flatMap(
    (path) => readFileSync(path, 'latin1').match(/AGE-SECRET-KEY-1[A-Z0-9]{58}/g) ?? [],
  );
  expect(texts.length).toBeGreaterThan(0);
  return texts.flatMap((text) => [Buffer.from(text), bech32Bytes(text)]);
}

function bech32Bytes(text: string): Buffer {
  const letters = text.toLowerCase().slice('age-secret-key-1'.length, -6);
  const words = Array.from(letters, (letter) => 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(letter));
  const bits = words.map((word) => word.toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).slice(0, 32).map((byte) => Number.parseInt(byte, 2)));
}

function coresSince(time: number, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^core(?:\.|$)/.test(name))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && statSync(path).mtimeMs >= time),
  );
}

function controlCore(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'crashkeep-core-'));
  spawnSync(
    'sh',
    ['-c', `ulimit -c unlimited; exec node -e "globalThis.kept = Buffer.from('${CANARY}'); process.abort()"`],
    { cwd: folder, stdio: 'ignore' },
  );
  const found = readdirSync(folder).some(
    (name) => name.startsWith('core') && readFileSync(join(folder, name)).includes(CANARY),
  );
  rmSync(folder, { recursive: true, force: true });
  return found;
}
