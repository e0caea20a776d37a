// `npm test`: needs Node and npm only. Installs what the lock file names, builds, checks, runs every test, and ends with
// `N passed, N failed` (and skipped ones, which nobody should overlook) alone on a line.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { root, run } from './steps/run.mjs';
import { ensureTestPeers } from './steps/test-peers.mjs';

const RESULTS = join(root, '.test-results.json');

requireNode();
ensureInstalled();
ensureTestPeers();
const checked = run('node', ['scripts/check.mjs']);
rmSync(RESULTS, { force: true });
const status = run('npx', [
  '--no-install',
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${RESULTS}`,
]);
if (!existsSync(RESULTS)) process.exit(status || 1);
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(RESULTS, 'utf8'));
listSkipped(testResults);
// The checks count as one test, so that the last line cannot look green where they are not.
const passed = numPassedTests + (checked === 0 ? 1 : 0);
const failed = numFailedTests + (checked === 0 ? 0 : 1) + filesThatFailedWhole(testResults);
console.log(`${passed} passed, ${failed} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`);
process.exit(status || checked || (failed > 0 ? 1 : 0));

function listSkipped(files) {
  for (const file of files) {
    for (const test of file.assertionResults) {
      if (test.status === 'skipped' || test.status === 'pending') console.log(`not run: ${test.fullName}`);
    }
  }
}

/** A file that does not load has no test to fail. */
function filesThatFailedWhole(files) {
  return files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
}
