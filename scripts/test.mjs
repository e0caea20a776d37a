// `npm test`: needs Node and npm only. Installs what the lock file names, builds, runs every test, and ends
// with `N passed, N failed` (and skipped ones, which nobody should overlook) alone on a line.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Crashkeep needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`);
  process.exit(1);
}

function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

/** Linked workspaces resolve at run time only from npm 11.12 on (11.10 installs them and then fails). */
function npmInstallsLinkedWorkspaces() {
  const [npmMajor, npmMinor] = spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout.trim().split('.').map(Number);
  return npmMajor > 11 || (npmMajor === 11 && npmMinor >= 12);
}

const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  const code = npmInstallsLinkedWorkspaces() ? run('npm', ['ci']) : run('npx', ['--yes', 'npm@11.19.1', 'ci']);
  if (code !== 0) {
    console.error('The packages could not be installed. The lines above say why; most often the npm registry cannot be reached.');
    process.exit(code);
  }
}
const built = run('npx', ['--no-install', 'tsc', '-b']);
if (built !== 0) process.exit(built);

const results = '.test-results.json';
rmSync(results, { force: true });
const status = run('npx', ['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`]);
if (!existsSync(results)) process.exit(status || 1);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
console.log(`${numPassedTests} passed, ${numFailedTests} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`);
process.exit(status);
