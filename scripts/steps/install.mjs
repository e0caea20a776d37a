import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

// Prisma's engines would be downloaded by its install scripts; ours is the WebAssembly one, from npm.
const WITHOUT_ENGINES = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_SKIP_POSTINSTALL_GENERATE: '1' };

/** Installs what package-lock.json names, where it is not installed yet. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (once, about a minute)…');
  const [command, ...first] = installsLinkedWorkspaces() ? ['npm'] : ['npx', '--yes', 'npm@11.19.1'];
  const code = run(command, [...first, 'ci', '--no-audit', '--no-fund'], WITHOUT_ENGINES);
  if (code === 0) return;
  console.error(
    'The packages could not be installed. The lines above say why; most often the npm registry cannot be reached, or this folder cannot be written to.',
  );
  process.exit(code);
}

function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Linked workspaces resolve at run time only from npm 11.12 on: 10.8 to 11.10 install them and then fail. */
function installsLinkedWorkspaces() {
  const shown = spawnSync('npm', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const [major = 0, minor = 0] = (shown.stdout ?? '').trim().split('.').map(Number);
  return major > 11 || (major === 11 && minor >= 12);
}
