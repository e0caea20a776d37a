// `npm run test:fixtures [-- NAME]`: walks the dumps of ../shared/fixtures and compares with what other tools say of them.
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { must, run } from './steps/run.mjs';

requireNode();
ensureInstalled();
must('npx', ['--no-install', 'tsc', '-b', 'test']);
process.exit(run('node', ['test/dist/fixtures/main.js', ...process.argv.slice(2)]));
