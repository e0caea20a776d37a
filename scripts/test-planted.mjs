// `npm run test:planted [-- RUNTIME…]`: programs of six runtimes with fresh keys, their cores, and how many of the keys the screen finds.
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { must, run } from './steps/run.mjs';

requireNode();
ensureInstalled();
must('npx', ['--no-install', 'tsc', '-b', 'test']);
process.exit(run('node', ['test/dist/planted/main.js', ...process.argv.slice(2)]));
