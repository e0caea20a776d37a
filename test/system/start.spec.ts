import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { untilWalked } from './harness/upload.js';
import {
  type Vault,
  freePorts,
  newHome,
  root,
  spawnVault,
  startVault,
  stopped,
  untilServing,
} from './harness/vault.js';

const run = promisify(execFile);
const vaults: Vault[] = [];
const homes: string[] = [];
afterEach(async () => {
  for (const vault of vaults.splice(0)) await vault.stop();
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

/** The end of a start that cannot succeed: what it printed, and its exit code. */
async function failedStart(
  home: string,
  port: number,
): Promise<{ readonly printed: string; readonly code: number | null }> {
  const vault = spawnVault(home, port);
  const code = await new Promise<number | null>((resolve) => vault.process.once('exit', resolve));
  return { printed: vault.printed(), code };
}

describe('npm start', () => {
  test('prints the addresses, a one-time link, and a curl line that works as it stands; Ctrl-C leaves nothing', async () => {
    const vault = await startVault();
    vaults.push(vault);
    homes.push(vault.home);
    await waitFor(() => vault.printed().includes('curl'), vault);
    for (const address of [vault.console, vault.room, vault.ingest]) expect(vault.printed()).toContain(address);
    expect(vault.printed()).toMatch(new RegExp(`${vault.room}/\\S+`));
    const line = /^\s*(curl .*)$/m.exec(vault.printed())?.[1] ?? '';
    const { stdout } = await run('sh', ['-c', line], { cwd: root });
    const answer = await untilWalked(vault, await vault.token('read'), stdout.trim());
    expect(answer.state).toBe('done');
    expect(answer.report?.signature).not.toBe('');
    await vault.stop();
    expect(vault.printed()).toContain('Stopped.');
    expect(await processesWith(vault.home)).toEqual([]);
  });

  test('after kill -9 the next start mends what was left', async () => {
    const vault = await startVault();
    vaults.push(vault);
    homes.push(vault.home);
    const port = Number(new URL(vault.console).port);
    const token = await vault.token('read');
    await stopped(vault.process, 'SIGKILL');
    const again = spawnVault(vault.home, port);
    vaults.push(again);
    await untilServing(again);
    const answer = await fetch(`${again.console}/api/v1/reports/00000000-0000-4000-8000-000000000000`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(404);
  });

  test('npx crashkeep runs from the root, and says how it is used', async () => {
    const { stdout } = await run('npx', ['--no-install', 'crashkeep', '--help'], { cwd: root });
    expect(stdout).toContain('token');
    expect(stdout).toContain('walk');
  });

  test('a port in use is named, with what to do', async () => {
    const port = await freePorts();
    const server = createServer().listen(port, '127.0.0.1');
    const home = newHome();
    homes.push(home);
    const { printed, code } = await failedStart(home, port);
    server.close();
    expect(code).toBe(1);
    expect(printed).toContain(String(port));
    expect(printed).toContain('CRASHKEEP_PORT');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('a state folder that cannot be a folder is a sentence', async () => {
    const parent = newHome();
    homes.push(parent);
    writeFileSync(join(parent, 'file'), '');
    const { printed, code } = await failedStart(join(parent, 'file/state'), await freePorts());
    expect(code).toBe(1);
    expect(printed).toContain('CRASHKEEP_HOME');
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('too old a Node is a sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crashkeep-old-'));
    homes.push(folder);
    const script = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); await import(${JSON.stringify(join(root, 'scripts/start.mjs'))});`;
    const ended = await run('node', ['--input-type=module', '-e', script], { cwd: folder }).then(
      () => null,
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(ended?.code).toBe(1);
    expect(ended?.stderr).toContain('20.19');
  });

  test('a clone and a state folder under a folder of mode 0700 start, too', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'crashkeep-closed-'));
    chmodSync(closed, 0o700);
    homes.push(closed);
    const clone = join(closed, 'clone');
    mkdirSync(clone);
    cpSync(root, clone, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/\/\.git$|\/\.cache$/.test(path),
    });
    const home = newHome();
    homes.push(home);
    const vault = spawnVault(home, await freePorts(), {}, clone);
    vaults.push(vault);
    await untilServing(vault);
  });
});

async function waitFor(holds: () => boolean, vault: Vault): Promise<void> {
  for (let tries = 0; tries < 240 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 250));
  if (!holds()) throw new Error(`not printed:\n${vault.printed()}`);
}

async function processesWith(home: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'pid,args']);
  return stdout.split('\n').filter((line) => line.includes(home));
}
