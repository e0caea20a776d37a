// `npm run fuzz -- TARGET [--executions N] [--seed S]`: see test/fuzz/main.ts.
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { must, run } from './steps/run.mjs';

requireNode();
ensureInstalled();
must('npx', ['--no-install', 'tsc', '-b', 'test']);
process.exit(run('node', ['test/dist/fuzz/main.js', ...process.argv.slice(2)]));
