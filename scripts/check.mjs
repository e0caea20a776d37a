// `npm run check`: types, lint, laws, format, and what nothing uses.
import { build } from './steps/build.mjs';
import { ensureInstalled } from './steps/install.mjs';
import { requireNode } from './steps/node-version.mjs';
import { run } from './steps/run.mjs';

requireNode();
ensureInstalled();
await build();
const failed = [
  ['npx', ['--no-install', 'eslint', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0', '.']],
  [
    'npx',
    [
      '--no-install',
      'prettier',
      '--check',
      '--cache',
      '--cache-location',
      '.cache/prettier',
      '--log-level',
      'warn',
      '.',
    ],
  ],
  ['node', ['scripts/laws.mjs']],
  ['npx', ['--no-install', 'knip', '--no-progress']],
].filter(([command, args]) => run(command, args) !== 0);
for (const [command, args] of failed) console.error(`failed: ${command} ${args.join(' ')}`);
console.log(
  failed.length === 0 ? 'types, lint, format, laws and unused code: all in order' : `${failed.length} checks failed`,
);
process.exit(failed.length === 0 ? 0 : 1);
