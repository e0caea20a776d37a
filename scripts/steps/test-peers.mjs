import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Debian's packages that tests speak to, by the program that shows they are there. */
const DEBIAN = { age: 'age', gdb: 'gdb', chromium: 'chromium', 'debuginfod-find': 'debuginfod' };

/** Where peers that are built once are kept: outside the clone. */
export const peersFolder =
  process.env.CRASHKEEP_PEERS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'crashkeep/bin');

/** Installs or builds what tests speak to, where this machine can. What stays absent is one visible line, and its tests say so. */
export function ensureTestPeers() {
  installDebianPackages();
  buildMinio();
}

function has(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;
}

function installDebianPackages() {
  const absent = Object.entries(DEBIAN).filter(([program]) => !has(program));
  if (absent.length === 0) return;
  const packages = absent.map(([, name]) => name);
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.log(
      `not installed here: ${packages.join(', ')} (tests that need them are skipped, each with a line that says so)`,
    );
    return;
  }
  console.log(`Installing Debian packages for tests: ${packages.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
}

/** MinIO is no longer offered as a download; Go builds it in five to ten minutes on two cores, once. */
function buildMinio() {
  const binary = process.env.CRASHKEEP_MINIO ?? join(peersFolder, 'minio');
  if (existsSync(binary)) return;
  if (!has('go')) {
    console.log('no Go here, so no MinIO: the S3 contract is not run against a real server');
    return;
  }
  console.log('Building MinIO for the S3 tests (once, five to ten minutes)…');
  mkdirSync(peersFolder, { recursive: true });
  const built = spawnSync('go', ['install', 'github.com/minio/minio@latest'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, GOBIN: peersFolder },
  });
  if (built.status !== 0) console.log('MinIO could not be built: the S3 contract is not run against a real server');
}
