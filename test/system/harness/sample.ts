import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './vault.js';

/** The sample crash that `npm start` offers, as bytes: made in a process of its own, since tests import nothing of ours. */
export function sampleDump(): Buffer {
  const script =
    "import { sampleDump } from '@crashkeep/synth'; process.stdout.write(sampleDump({ crashedAt: 1795000000 }));";
  return execFileSync('node', ['--input-type=module', '-e', script], { cwd: join(root, 'apps/standalone') });
}
