import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A vault as a newcomer has it: `npm start` with a state folder and ports of its own. Spoken to from outside only. */
export interface Vault {
  readonly home: string;
  readonly console: string;
  readonly room: string;
  readonly ingest: string;
  readonly process: ChildProcess;
  /** All that it printed so far. */
  printed(): string;
  crashkeep(...args: string[]): Promise<string>;
  token(kind: 'ingest' | 'symbols' | 'read'): Promise<string>;
  /** Ctrl-C, and waits until it and all that it started have ended. */
  stop(): Promise<void>;
}

export interface VaultOptions {
  readonly home?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Three ports in a row that nobody listens on now, below those that the kernel gives to outgoing connections. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await Promise.all([first, first + 1, first + 2].map(isFree));
    if (free.every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** A state folder that the postgres user can reach, also where the tests run as root. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'crashkeep-system-'));
  chmodSync(home, 0o755);
  return home;
}

export async function startVault(options: VaultOptions = {}): Promise<Vault> {
  const home = options.home ?? newHome();
  const port = options.port ?? (await freePorts());
  const vault = spawnVault(home, port, options.env ?? {});
  await untilServing(vault);
  return vault;
}

export function spawnVault(
  home: string,
  port: number,
  env: Readonly<Record<string, string>> = {},
  clone = root,
): Vault {
  // With cores allowed, so that what a crash leaves can be looked at.
  const child = spawn('sh', ['-c', 'ulimit -c unlimited; exec npm start --silent'], {
    cwd: clone,
    // NODE_ENV is the test runner's: with it a page would be built for development.
    env: { ...process.env, NODE_ENV: undefined, CRASHKEEP_HOME: home, CRASHKEEP_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => lines.push(bytes.toString()));
  const crashkeep = async (...args: string[]): Promise<string> => {
    const cli = join(root, 'apps/cli/bin/crashkeep.mjs');
    const { stdout } = await promisify(execFile)('node', [cli, ...args], {
      env: { ...process.env, CRASHKEEP_HOME: home },
    });
    return stdout;
  };
  return {
    home,
    console: `http://localhost:${port}`,
    room: `http://room.localhost:${port + 1}`,
    ingest: `http://localhost:${port + 2}`,
    process: child,
    printed: () => lines.join(''),
    crashkeep,
    token: async (kind) => {
      const printed = await crashkeep('token', 'create', '--project', 'default', '--class', kind);
      return printed.trimEnd().split('\n').at(-1) ?? '';
    },
    stop: () => stopped(child, 'SIGINT'),
  };
}

/** `signal` to the whole group, as a terminal's Ctrl-C goes; waits until nobody of the group is left. */
export async function stopped(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const { pid } = child;
  if (pid === undefined || !isAlive(pid)) return;
  process.kill(-pid, signal);
  for (let tries = 0; tries < 240 && isAlive(pid); tries++) await sleep(250);
}

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

export async function untilServing(vault: Vault): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (vault.process.exitCode !== null) throw new Error(`the vault ended while it started:\n${vault.printed()}`);
    if ((await Promise.all(origins(vault).map(serves))).every(Boolean)) return;
    await sleep(250);
  }
  throw new Error(`the vault does not serve:\n${vault.printed()}`);
}

/** room.localhost is resolved by browsers, not by Node: it is loopback by its port. */
function origins(vault: Vault): string[] {
  return [vault.console, vault.room.replace('room.localhost', 'localhost'), vault.ingest];
}

async function serves(origin: string): Promise<boolean> {
  return fetch(`${origin}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

export async function throwAway(vault: Vault): Promise<void> {
  await vault.stop();
  rmSync(vault.home, { recursive: true, force: true });
}
