// `npm run test:corpus [-- NAME]`: screens the labelled cores of ../shared/corpus and counts what was found of what is in them.
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { must, run } from './steps/run.mjs';

requireNode();
ensureInstalled();
must('npx', ['--no-install', 'tsc', '-b', 'test']);
process.exit(run('node', ['test/dist/corpus/main.js', ...process.argv.slice(2)]));
